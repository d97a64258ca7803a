using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift;

/// <summary>The figures of a column beside its tests.</summary>
internal static class FeatureComparison
{
    public static FeatureDrift Of(ComparedColumn compared, IReadOnlyList<DriftFinding> findings)
    {
        var (column, reference, current) = compared;
        return new FeatureDrift(
            column.Name,
            column.Label,
            column.Kind,
            findings.Any(f => f.Alarm),
            reference.Given == 0 || current.Given == 0 ? null : Stability(reference, current),
            Figures(reference),
            Figures(current),
            findings,
            Bins(compared),
            GapError(reference, current));
    }

    private static double Stability(FeatureSample reference, FeatureSample current) => (reference, current) switch
    {
        (NumberSample before, NumberSample now) => NumberBins.Of(before.Values, now.Values).Stability,
        (LevelSample before, LevelSample now) => PopulationStability.Of(Occurring(before, now), Occurring(now, before)),
        _ => throw new ArgumentException("The samples are of two forms.", nameof(current)),
    };

    // A level of neither sample is no bin.
    private static long[] Occurring(LevelSample sample, LevelSample other) =>
        [.. sample.Counts.Where((count, level) => count + other.Counts[level] > 0)];

    private static FeatureFigures Figures(FeatureSample sample)
    {
        var moments = (sample as NumberSample)?.Moments ?? default;
        return new FeatureFigures(
            sample.Rows,
            Share(sample.Missing, sample.Rows),
            Share(sample.Unseen, sample.Given),
            moments.Count > 0 && double.IsFinite(moments.Mean) ? moments.Mean : null,
            moments.Count > 1 && double.IsFinite(moments.Variance) ? Math.Sqrt(moments.Variance) : null);
    }

    private static DriftBin[] Bins(ComparedColumn compared) => compared switch
    {
        { Reference: NumberSample reference, Current: NumberSample current } => Ranges(reference, current),
        { Reference: LevelSample reference, Current: LevelSample current } =>
        [
            .. reference.Counts.Zip(current.Counts, (a, b) => (Before: a, Now: b))
                .Select((c, level) => (c.Before, c.Now, Level: compared.Column.Levels.ElementAtOrDefault(level)?.Value ?? ""))
                .Where(c => c.Level.Length > 0 || c.Before + c.Now > 0)
                .Select(c => new DriftBin(c.Level, null, null, Share(c.Before, reference.Given), Share(c.Now, current.Given))),
        ],
        _ => [],
    };

    private static DriftBin[] Ranges(NumberSample reference, NumberSample current)
    {
        var (edges, before, now) = NumberBins.Of(reference.Values, current.Values);
        return
        [
            .. before.Select((count, bin) => new DriftBin(
                null,
                bin == 0 ? null : edges[bin - 1],
                bin == edges.Length ? null : edges[bin],
                Share(count, reference.Values.Count),
                Share(now[bin], current.Values.Count))),
        ];
    }

    private static double GapError(FeatureSample reference, FeatureSample current) =>
        reference is NumberSample { Given: > 0 } before && current is NumberSample { Given: > 0 } now
            ? DistributionPairs.GapError(before.Values, now.Values)
            : 0;

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
