namespace LoanRisk.Trees.Training.Binning;

/// <summary>The distinct values of a sampled numerical column in ascending order, zero among them, with their counts.</summary>
internal sealed class DistinctValues
{
    private readonly List<double> values = [];
    private readonly List<int> counts = [];

    /// <param name="sample">Values of the sampled rows.</param>
    /// <param name="nanIsZero">NaN is read as 0 instead of being counted apart.</param>
    public DistinctValues(ReadOnlySpan<double> sample, bool nanIsZero)
    {
        double[] sorted = new double[sample.Length];
        int kept = 0;
        foreach (double value in sample)
        {
            if (double.IsNaN(value))
            {
                NaNCount += nanIsZero ? 0 : 1;
            }
            else if (!ZeroBand.Holds(value))
            {
                sorted[kept++] = value;
            }
        }

        Array.Sort(sorted, 0, kept);
        RowCount = sample.Length;
        Collect(sorted.AsSpan(0, kept), zeroCount: sample.Length - kept - NaNCount);
    }

    public IReadOnlyList<double> Values => values;

    public IReadOnlyList<int> Counts => counts;

    public int NaNCount { get; }

    /// <summary>Sampled rows, missing ones included.</summary>
    public int RowCount { get; }

    // Neighbours one representable step apart are one value, the larger; zero stands between negative and positive
    // values even when no row holds it, so that it gets its own bin.
    private void Collect(ReadOnlySpan<double> sorted, int zeroCount)
    {
        if (sorted.IsEmpty || (sorted[0] > 0 && zeroCount > 0))
        {
            Add(0, zeroCount);
        }

        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] <= Math.BitIncrement(sorted[i - 1]))
            {
                values[^1] = sorted[i];
                counts[^1]++;
                continue;
            }

            if (i > 0 && sorted[i - 1] < 0 && sorted[i] > 0)
            {
                Add(0, zeroCount);
            }

            Add(sorted[i], 1);
        }

        if (!sorted.IsEmpty && sorted[^1] < 0 && zeroCount > 0)
        {
            Add(0, zeroCount);
        }
    }

    private void Add(double value, int count)
    {
        values.Add(value);
        counts.Add(count);
    }
}
