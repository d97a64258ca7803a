using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Training.Generate;

/// <summary>
/// Distributions as a product file tells them: each feature's <c>generate</c>, else its seen range around its example, or its levels in
/// equal shares.
/// </summary>
public static class SyntheticReference
{
    /// <summary>The share of bad rows where the product file does not say.</summary>
    public const double UsualBadRate = 0.2;

    private const int FewestDecimals = 2;

    /// <summary>Makes the reference; its features are independent of each other.</summary>
    public static TrainingReference Of(LoanProduct product)
    {
        var rate = product.SyntheticBadRate ?? UsualBadRate;
        return new TrainingReference
        {
            Product = product.Id,
            Rows = 1,
            BadRate = rate,
            Features = [.. product.Features.Select(Of)],
            RankCorrelations = [.. product.Features.Select((_, i) => product.Features.Select((_, j) => i == j ? 1.0 : 0.0).ToArray())],
            ProbabilityQuantiles = [new QuantilePoint(0, rate), new QuantilePoint(1, rate)],
        };
    }

    private static FeatureReference Of(Feature feature)
    {
        var reference = new FeatureReference { Name = feature.Name, MissingShare = feature.Synthetic?.MissingShare ?? 0 };
        if (feature.HasLevels)
        {
            var shares = feature.Synthetic?.Shares ?? [.. feature.Levels.Select(_ => 1.0 / feature.Levels.Count)];
            return reference with { Levels = [.. feature.Levels.Zip(shares, (level, share) => new LevelShare(level.Value, share, null))] };
        }

        var values = feature.Synthetic?.Quantiles ?? Usual(feature);
        return reference with
        {
            Decimals = feature.Integer ? 0 : values.Append(Example(feature) ?? 0).Max(Decimals),
            Quantiles = [.. values.Select((value, i) => new QuantilePoint(i / (values.Count - 1.0), value))],
        };
    }

    // Half of the values below the typical one.
    private static IReadOnlyList<double> Usual(Feature feature) =>
        Example(feature) is { } example && feature.Seen!.Contains(example)
            ? [feature.Seen.Min, example, feature.Seen.Max]
            : [feature.Seen!.Min, feature.Seen.Max];

    private static double? Example(Feature feature) =>
        feature.Example is { } text && DecimalNotation.TryParse(text, out var number) ? number : null;

    private static int Decimals(double number)
    {
        var text = DecimalNotation.Of(number);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return Math.Clamp(point < 0 ? 0 : text.Length - point - 1, FewestDecimals, 15);
    }
}
