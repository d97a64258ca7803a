namespace LoanRisk.Lending.Drift.Samples;

/// <summary>
/// How many of a sample's numbers lie below some points, and how many at or below them. Between two points nothing more is known, unless
/// the distribution is exact: then no number lies there.
/// </summary>
public sealed class ValueDistribution
{
    private readonly double[] _points;
    private readonly long[] _below;
    private readonly long[] _upTo;

    internal ValueDistribution(double[] points, long[] below, long[] upTo, long count, bool isExact) =>
        (_points, _below, _upTo, Count, IsExact) = (points, below, upTo, count, isExact);

    /// <summary>Numbers of the sample.</summary>
    public long Count { get; }

    /// <summary>Every different number is a point.</summary>
    public bool IsExact { get; }

    /// <summary>The points, rising, each once.</summary>
    public IReadOnlyList<double> Points => _points;

    /// <summary>The sample has one value alone.</summary>
    public bool IsConstant => _points.Length > 0 && _upTo[0] - _below[0] == Count;

    /// <summary>Of numbers in rising order.</summary>
    public static ValueDistribution OfSorted(ReadOnlySpan<double> sorted)
    {
        var (points, below, upTo) = (new List<double>(), new List<long>(), new List<long>());
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            points.Add(sorted[start]);
            below.Add(start);
            upTo.Add(end);
            start = end;
        }

        return new ValueDistribution([.. points], [.. below], [.. upTo], sorted.Length, isExact: true);
    }

    /// <summary>Numbers at or below a value; of a distribution that is not exact, those that are known to be.</summary>
    public long UpTo(double value)
    {
        var place = Array.BinarySearch(_points, value);
        return place >= 0 ? _upTo[place] : ~place == 0 ? 0 : _upTo[~place - 1];
    }

    /// <summary>Numbers below a value; the same.</summary>
    public long Below(double value)
    {
        var place = Array.BinarySearch(_points, value);
        return place >= 0 ? _below[place] : ~place == 0 ? 0 : _upTo[~place - 1];
    }

    /// <summary>The first point at or below which at least a share of the numbers lies.</summary>
    public double At(double share)
    {
        var wanted = share * Count;
        var (low, high) = (0, _points.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _upTo[middle] >= wanted ? (low, middle) : (middle + 1, high);
        }

        return _points[low];
    }

    internal bool Knows(double value) => IsExact || Array.BinarySearch(_points, value) >= 0;

    /// <summary>Goes along a distribution to values that rise.</summary>
    internal struct Cursor(ValueDistribution values)
    {
        private int _next;

        /// <summary>Numbers below the value.</summary>
        public long Below { get; private set; }

        /// <summary>Numbers up to it.</summary>
        public long UpTo { get; private set; }

        public void MoveTo(double value)
        {
            for (; _next < values._points.Length && values._points[_next] < value; _next++)
            {
                UpTo = values._upTo[_next];
            }

            Below = UpTo;
            if (_next < values._points.Length && values._points[_next] == value)
            {
                (Below, UpTo) = (values._below[_next], values._upTo[_next]);
                _next++;
            }
        }
    }
}
