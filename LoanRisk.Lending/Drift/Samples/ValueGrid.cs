namespace LoanRisk.Lending.Drift.Samples;

/// <summary>
/// Counts of numbers at some points and between them: a histogram so fine that little is lost, of a size that does not grow with the
/// numbers.
/// </summary>
internal sealed class ValueGrid
{
    /// <summary>Most points; with as many, a gap of two continuous distributions is known to 1 in 2,000 or so.</summary>
    public const int MostPoints = 2_047;

    private const int Shares = 2_000;

    // One more than the points, a power of two, filled up with infinity: halving then always takes the same steps.
    private readonly double[] _search = new double[MostPoints + 1];

    // Below the first point, at it, between it and the next, at that, ...
    private readonly long[] _counts;

    /// <param name="points">Rising, each once, at most <see cref="MostPoints"/>.</param>
    public ValueGrid(double[] points)
    {
        Points = points;
        _counts = new long[(2 * points.Length) + 1];
        Array.Fill(_search, double.PositiveInfinity);
        points.CopyTo(_search, 0);
    }

    /// <summary>The points.</summary>
    public double[] Points { get; }

    /// <summary>Points at even shares of a distribution, tenths among them, and its two ends.</summary>
    public static double[] Along(ValueDistribution values) => values.Points.Count <= MostPoints
        ? [.. values.Points]
        : [.. Enumerable.Range(0, Shares + 1).Select(i => values.At((double)i / Shares)).Distinct()];

    /// <summary>Counts a number.</summary>
    public void Add(double number, long times = 1)
    {
        var place = 0;
        for (var half = (MostPoints + 1) / 2; half > 0; half /= 2)
        {
            // No branch: which way it goes cannot be foretold.
            place += _search[place + half - 1] <= number ? half : 0;
        }

        // Points at or below the number.
        _counts[place > 0 && _search[place - 1] == number ? (2 * place) - 1 : 2 * place] += times;
    }

    /// <summary>Adds the counts of another grid of the same points.</summary>
    public void Add(ValueGrid other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The counts as a distribution.</summary>
    public ValueDistribution ToDistribution()
    {
        var (below, upTo, sum) = (new long[Points.Length], new long[Points.Length], 0L);
        for (var p = 0; p < Points.Length; p++)
        {
            below[p] = sum += _counts[2 * p];
            upTo[p] = sum += _counts[(2 * p) + 1];
        }

        var between = Enumerable.Range(0, Points.Length + 1).Sum(p => _counts[2 * p]);
        return new ValueDistribution(Points, below, upTo, sum + _counts[^1], isExact: between == 0);
    }
}
