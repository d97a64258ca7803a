using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Evaluation;

/// <summary>Intervals from what resamples gave.</summary>
internal static class Percentiles
{
    /// <summary>The middle share of a measure over all resamples.</summary>
    public static Interval Of<T>(IReadOnlyList<T> resamples, double level, Func<T, double> measure)
    {
        var values = new double[resamples.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = measure(resamples[i]);
        }

        Array.Sort(values);
        return new Interval(Quantile.OfSorted(values, (1 - level) / 2), Quantile.OfSorted(values, (1 + level) / 2));
    }

    /// <summary>
    /// For a measure that chance alone drives up, as every mean distance: resamples of a sample exceed it as it exceeds the truth, so
    /// the interval is mirrored at the estimate (the basic bootstrap), kept at 0 or above and wide enough to hold the estimate.
    /// </summary>
    public static Interval Mirrored<T>(IReadOnlyList<T> resamples, double level, Func<T, double> measure, double estimate)
    {
        var plain = Of(resamples, level, measure);
        return new Interval(Math.Clamp((2 * estimate) - plain.High, 0, estimate), Math.Max((2 * estimate) - plain.Low, estimate));
    }
}
