using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift.Effects;

/// <summary>
/// Population stability index; of a feature it is also called characteristic stability index (CSI). The bins are those of the reference.
/// Half a row is added to each bin of both samples, so that an empty one counts much and not infinitely.
/// </summary>
public static class PopulationStability
{
    /// <summary>Bins of numbers: tenths of the reference.</summary>
    public const int Bins = 10;

    private const double Added = 0.5;

    /// <summary>Sum over bins of (current share - reference share) ln(current share / reference share); 0 without rows.</summary>
    /// <param name="reference">Counts of the reference.</param>
    /// <param name="current">Counts of the same bins.</param>
    public static double Of(IReadOnlyList<long> reference, IReadOnlyList<long> current)
    {
        var (n, m) = (reference.Sum() + (Added * reference.Count), current.Sum() + (Added * current.Count));
        return reference.Sum() == 0 || current.Sum() == 0
            ? 0
            : reference.Zip(current, (a, b) => Part((a + Added) / n, (b + Added) / m)).Sum();
    }

    /// <summary>Upper ends of the bins, the last one excepted, which has none: fewer where many numbers are equal.</summary>
    public static double[] Edges(ValueDistribution reference) => reference.Count == 0
        ? []
        : [.. Enumerable.Range(1, Bins - 1).Select(i => reference.At((double)i / Bins)).Distinct()];

    /// <summary>Numbers of a sample by bin, each up to and with its upper end.</summary>
    public static long[] Counts(ValueDistribution values, IReadOnlyList<double> edges)
    {
        var upTo = edges.Select(values.UpTo).Append(values.Count).ToArray();
        return [.. upTo.Select((count, i) => count - (i == 0 ? 0 : upTo[i - 1]))];
    }

    private static double Part(double reference, double current) => (current - reference) * Math.Log(current / reference);
}
