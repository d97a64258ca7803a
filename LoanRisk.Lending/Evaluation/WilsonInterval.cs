using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Wilson's score interval of a share (E. B. Wilson, JASA 1927): within 0 and 1, and honest for rare events and few loans.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The interval of hits among trials.</summary>
    /// <param name="hits">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <param name="level">Confidence, for example 0.95.</param>
    public static Interval Of(long hits, long trials, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        var z = NormalQuantile.Of((1 + level) / 2);
        var (n, share) = ((double)trials, (double)hits / trials);
        var centre = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n))) / (1 + (z * z / n));
        return new Interval(hits == 0 ? 0 : Math.Max(0, centre - half), hits == trials ? 1 : Math.Min(1, centre + half));
    }
}
