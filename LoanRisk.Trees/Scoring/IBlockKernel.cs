namespace LoanRisk.Trees.Scoring;

/// <summary>Scores a block of rows at once.</summary>
internal interface IBlockKernel
{
    /// <summary>Rows a block has at most.</summary>
    public int BlockRows { get; }

    /// <summary>Adds the trees of a range to the outputs of whole rows; each row sums its trees in file order.</summary>
    public void AddTo(Span<double> outputs, ReadOnlySpan<double> rows, TreeRange range);
}
