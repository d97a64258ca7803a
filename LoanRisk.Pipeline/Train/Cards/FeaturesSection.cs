using LoanRisk.Lending;
using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What the model looks at, and how much each feature moves.</summary>
internal static class FeaturesSection
{
    public static IEnumerable<string> Of(CardSubject trained) =>
    [
        "## What it looks at",
        MarkdownLines.Of([
            "| Feature | Kind | Missing in the file | Share of the effect | Direction kept |",
            "|---|---|---:|---:|---|",
            .. trained.Product.Features.Select((feature, place) => Row(trained, feature, place)),
        ]),
        "The effect is the mean absolute SHAP value, the change of the log-odds whichever way, "
        + $"over {CountedNoun.Of(trained.Metrics.Effects!.Loans, "test row")}.",
        .. trained.Data.Warnings.OrderBy(w => w.Key, StringComparer.Ordinal).Select(warning => Unseen(warning.Key, warning.Value)),
    ];

    private static string Row(CardSubject trained, Feature feature, int place)
    {
        var missing = trained.Data.Missing[place] / (double)trained.Data.Rows;
        var share = trained.Metrics.Effects!.Features.First(effect => effect.Name == feature.Name).Share;
        return $"| {feature.Label} (`{feature.Name}`) | {feature.Kind.ToString().ToLowerInvariant()} | "
            + $"{PlainFigures.Percent(missing)} | {PlainFigures.Percent(share)} | {Direction(trained, feature)} |";
    }

    private static string Direction(CardSubject trained, Feature feature) =>
        !trained.Metrics.Monotone!.Kept.Contains(feature.Name) ? "free"
        : feature.Monotone > 0 ? "risk never falls as it rises"
        : "risk never rises as it rises";

    private static string Unseen(string name, int rows) =>
        $"`{name}`: {CountedNoun.Of(rows, "row holds", "rows hold")} a value outside of what the product file calls seen.";
}
