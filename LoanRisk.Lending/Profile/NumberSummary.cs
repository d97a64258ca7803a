using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Profile;

/// <summary>Where the numbers of a column lie.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Half of them are below.</param>
/// <param name="StandardDeviation">Of a sample (n - 1); 0 for a single number.</param>
/// <param name="Minimum">The lowest.</param>
/// <param name="Maximum">The highest.</param>
/// <param name="Quantiles">At 1, 5, 10, 25, 50, 75, 90, 95 and 99 %.</param>
/// <param name="Histogram">Bins of one width; the first and the last also hold the half percent beyond their outer end.</param>
public sealed record NumberSummary(
    double Mean,
    double Median,
    double StandardDeviation,
    double Minimum,
    double Maximum,
    IReadOnlyList<QuantilePoint> Quantiles,
    IReadOnlyList<HistogramBin> Histogram)
{
    private const int HistogramBins = 24;
    private const double Tail = 0.005;

    private static readonly double[] Shares = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

    /// <summary>Summarises numbers.</summary>
    /// <param name="sorted">The given ones, rising; at least one.</param>
    /// <param name="values">All of the column; NaN is missing.</param>
    /// <param name="bad">The outcomes.</param>
    internal static NumberSummary Of(double[] sorted, double[] values, bool[] bad)
    {
        // Exact where all are equal: the sum of many 0.1 is not a multiple of it.
        var mean = sorted[0] == sorted[^1] ? sorted[0] : sorted.Average();
        var squares = sorted.Sum(v => (v - mean) * (v - mean));
        return new NumberSummary(
            mean,
            Quantile.OfSorted(sorted, 0.5),
            sorted.Length == 1 ? 0 : Math.Sqrt(squares / (sorted.Length - 1)),
            sorted[0],
            sorted[^1],
            [.. Shares.Select(s => new QuantilePoint(s, Quantile.OfSorted(sorted, s)))],
            Counted(Quantile.OfSorted(sorted, Tail), Quantile.OfSorted(sorted, 1 - Tail), values, bad));
    }

    private static HistogramBin[] Counted(double low, double high, double[] values, bool[] bad)
    {
        var bins = high > low ? HistogramBins : 1;
        var width = (high - low) / bins;
        var (good, badLoans) = (new int[bins], new int[bins]);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                var bin = bins == 1 ? 0 : (int)Math.Clamp((values[i] - low) / width, 0, bins - 1);
                (bad[i] ? badLoans : good)[bin]++;
            }
        }

        return
        [
            .. good.Select((n, i) => new HistogramBin(low + (i * width), i == bins - 1 ? high : low + ((i + 1) * width), n, badLoans[i])),
        ];
    }
}

/// <summary>A bin of a histogram.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where the next begins.</param>
/// <param name="Good">Good loans in it.</param>
/// <param name="Bad">Bad loans in it.</param>
public sealed record HistogramBin(double From, double To, int Good, int Bad);
