using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Explaining;

/// <summary>A way to compute a model's contributions; safe to share between threads, and a call allocates nothing.</summary>
internal interface ITreeShap
{
    /// <summary>Rows that <see cref="ExplainBlock"/> takes at most.</summary>
    public int BlockRows { get; }

    /// <summary>Writes the contributions of one row: for each class a value a feature, then the base value.</summary>
    public void ExplainRow(ReadOnlySpan<double> row, Span<double> output, TreeRange range);

    /// <summary>Writes the contributions of whole rows; each row has the bits it has alone.</summary>
    public void ExplainBlock(ReadOnlySpan<double> rows, Span<double> outputs, TreeRange range);
}
