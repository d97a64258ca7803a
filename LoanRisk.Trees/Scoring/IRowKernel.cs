namespace LoanRisk.Trees.Scoring;

/// <summary>Scores one row at a time without allocating.</summary>
internal interface IRowKernel
{
    /// <summary>Adds the trees of a range to one sum a class, in file order.</summary>
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range);
}
