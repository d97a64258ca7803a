namespace LoanRisk.Trees.Training.Growing;

/// <summary>Where a leaf's rows lie.</summary>
internal readonly record struct RowRun(int Start, int Count)
{
    /// <summary>The run in pieces of at most <paramref name="rows"/> rows.</summary>
    public IEnumerable<RowRun> Cut(int rows)
    {
        for (int first = 0; first < Count; first += rows)
        {
            yield return new RowRun(Start + first, Math.Min(rows, Count - first));
        }
    }
}
