using System.Buffers;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// The distinct values of a sampled numerical column in ascending order, zero among them, with their counts. The arrays are
/// rented and go back when it is disposed of.
/// </summary>
internal sealed class DistinctValues : IDisposable
{
    private readonly double[] _values;
    private readonly int[] _counts;
    private int _count;

    /// <param name="sample">Values of the sampled rows.</param>
    /// <param name="nanIsZero">NaN is read as 0 instead of being counted apart.</param>
    public DistinctValues(ReadOnlySpan<double> sample, bool nanIsZero)
    {
        // Zero may be one value more than rows hold.
        _values = ArrayPool<double>.Shared.Rent(sample.Length + 1);
        _counts = ArrayPool<int>.Shared.Rent(sample.Length + 1);
        var sorted = ArrayPool<double>.Shared.Rent(sample.Length);
        var kept = 0;
        foreach (var value in sample)
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

        RadixSort.Sort(sorted.AsSpan(0, kept), _values);
        RowCount = sample.Length;
        Collect(sorted.AsSpan(0, kept), zeroCount: sample.Length - kept - NaNCount);
        ArrayPool<double>.Shared.Return(sorted);
    }

    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    public ReadOnlySpan<int> Counts => _counts.AsSpan(0, _count);

    public int NaNCount { get; }

    /// <summary>Sampled rows, missing ones included.</summary>
    public int RowCount { get; }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_values);
        ArrayPool<int>.Shared.Return(_counts);
    }

    // Neighbours one representable step apart are one value, the larger; zero stands between negative and positive
    // values even when no row holds it, so that it gets its own bin.
    private void Collect(ReadOnlySpan<double> sorted, int zeroCount)
    {
        if (sorted.IsEmpty || (sorted[0] > 0 && zeroCount > 0))
        {
            Add(0, zeroCount);
        }

        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && (sorted[i] == sorted[i - 1] || sorted[i] <= Math.BitIncrement(sorted[i - 1])))
            {
                _values[_count - 1] = sorted[i];
                _counts[_count - 1]++;
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

    private void Add(double value, int rows)
    {
        _values[_count] = value;
        _counts[_count++] = rows;
    }
}
