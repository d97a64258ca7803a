using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Evaluation.Effects;

/// <summary>What one feature does to the raw score.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="MeanAbsolute">Its importance: by how much it moves the log-odds on average, whichever way.</param>
/// <param name="Share">That as a share of all features'.</param>
/// <param name="Bins">How its effect depends on its value, from low to high; then missing values.</param>
public sealed record FeatureEffect(
    string Name, string Label, double MeanAbsolute, double Share, IReadOnlyList<EffectBin> Bins)
{
    private const int MostBins = 20;

    internal static FeatureEffect Of(Feature feature, double[] values, double[] effects) => new(
        feature.Name,
        feature.Label,
        effects.Average(Math.Abs),
        0,
        [.. Binned(feature, values, effects)]);

    private static IEnumerable<EffectBin> Binned(Feature feature, double[] values, double[] effects)
    {
        var given = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]).ToArray();
        var bins = feature.HasLevels ? given.GroupBy(i => values[i]).Select(g => g.ToArray()) : Cut(values, given);
        foreach (var bin in bins)
        {
            var (from, to) = (values[bin[0]], values[bin[^1]]);
            yield return EffectBin.Of(
                feature.HasLevels ? LevelText(feature, (int)from) : from == to ? $"{from:R}" : $"{from:R} to {to:R}",
                from,
                to,
                [.. bin.Select(i => effects[i])]);
        }

        var missing = Enumerable.Range(0, values.Length).Where(i => double.IsNaN(values[i])).Select(i => effects[i]).ToArray();
        if (missing.Length > 0)
        {
            yield return EffectBin.Of("not given", null, null, missing);
        }
    }

    // Parts of about the same size that never part equal values.
    private static IEnumerable<int[]> Cut(double[] values, int[] given)
    {
        for (int start = 0, part = 0; start < given.Length; part++)
        {
            var end = start + (int)Math.Ceiling((given.Length - start) / (double)Math.Max(1, MostBins - part));
            while (end < given.Length && values[given[end]] == values[given[end - 1]])
            {
                end++;
            }

            yield return given[start..end];
            start = end;
        }
    }

    private static string LevelText(Feature feature, int code) => code < feature.Levels.Count ? feature.Levels[code].Label : "any other";
}

/// <summary>The effect over a range of values or one level.</summary>
/// <param name="Text">The values in words.</param>
/// <param name="From">Lowest value; null for missing ones.</param>
/// <param name="To">Highest value; null for missing ones.</param>
/// <param name="Loans">Loans in it.</param>
/// <param name="Mean">Mean effect on the log-odds.</param>
/// <param name="Low">A tenth of the effects are below.</param>
/// <param name="High">A tenth of the effects are above.</param>
public sealed record EffectBin(string Text, double? From, double? To, int Loans, double Mean, double Low, double High)
{
    internal static EffectBin Of(string text, double? from, double? to, double[] effects)
    {
        Array.Sort(effects);
        return new EffectBin(
            text, from, to, effects.Length, effects.Average(), Quantile.OfSorted(effects, 0.1), Quantile.OfSorted(effects, 0.9));
    }
}
