using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Drift.Samples;

/// <summary>
/// The rows that a model was trained with as a sample, from its package: counts, means and variances are those of the rows, numbers with
/// many values are known at their quantiles, which stand half a percent apart.
/// </summary>
public static class ReferenceSamples
{
    /// <summary>The sample of a feature.</summary>
    /// <exception cref="ArgumentException">The reference is of another form than the column.</exception>
    public static FeatureSample Of(DriftColumn column, FeatureReference reference, int rows)
    {
        var missing = (long)Math.Round(reference.MissingShare * rows);
        if ((reference.Levels is null) != (column.Levels.Count == 0))
        {
            throw new ArgumentException(
                $"reference.json has another form of values for \"{column.Name}\" than the product.", nameof(reference));
        }

        return reference.Levels is { } levels
            ? new LevelSample(rows, missing, Counts(column, levels, rows - missing))
            : Numbers(column, reference, rows, missing);
    }

    /// <summary>A sample of numbers that only its quantiles tell of; it has no mean.</summary>
    public static NumberSample Of(IReadOnlyList<QuantilePoint> quantiles, int rows) =>
        new(rows, 0, 0, default, OfQuantiles(quantiles, rows));

    private static long[] Counts(DriftColumn column, IReadOnlyList<LevelShare> levels, long given)
    {
        var counts = new long[column.Levels.Count + 1];
        foreach (var level in levels)
        {
            var unlisted = (Index: counts.Length - 1, Item: default(Products.Level)!);
            var code = column.Levels.Index().FirstOrDefault(l => l.Item.Value == level.Value, unlisted).Index;
            counts[code] += (long)Math.Round(level.Share * given);
        }

        return counts;
    }

    private static NumberSample Numbers(DriftColumn column, FeatureReference reference, int rows, long missing)
    {
        var given = rows - missing;
        var values = reference.Values is { } shares ? OfValues(shares, given) : OfQuantiles(reference.Quantiles!, given);
        var deviation = reference.StandardDeviation ?? 0;
        var unseen = column.Seen is { } seen && given > 0 ? values.Below(seen.Min) + values.Count - values.UpTo(seen.Max) : 0;
        return new NumberSample(
            rows, missing, unseen, new NumberMoments(given, reference.Mean ?? 0, deviation * deviation * given), values);
    }

    private static ValueDistribution OfValues(IReadOnlyList<ValueShare> shares, long given)
    {
        var (below, upTo, sum) = (new long[shares.Count], new long[shares.Count], 0.0);
        for (var i = 0; i < shares.Count; i++)
        {
            below[i] = (long)Math.Round(sum * given);
            sum += shares[i].Share;
            upTo[i] = (long)Math.Round(sum * given);
        }

        return new ValueDistribution([.. shares.Select(s => s.Value)], below, upTo, given, isExact: true);
    }

    // A value at several shares is a heap: that much lies below it, and that much up to it.
    private static ValueDistribution OfQuantiles(IReadOnlyList<QuantilePoint> quantiles, long given)
    {
        var points = given == 0
            ? []
            : quantiles.GroupBy(q => q.Value).Select(g => (Value: g.Key, Below: g.First().Share, UpTo: g.Last().Share)).ToArray();
        return new ValueDistribution(
            Array.ConvertAll(points, p => p.Value),
            Array.ConvertAll(points, p => (long)Math.Round(p.Below * given)),
            Array.ConvertAll(points, p => (long)Math.Round(p.UpTo * given)),
            given,
            isExact: points.Length == 1);
    }
}
