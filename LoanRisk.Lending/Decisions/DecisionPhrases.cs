using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>
/// What the texts of a product's decisions are made of: reasons, warnings, levels, knock-out rules. A decision that says something else is
/// none the worse; its texts only take more room where they are kept.
/// </summary>
internal static class DecisionPhrases
{
    // A level of one letter takes no more room than its number would.
    private const int Shortest = 2;

    /// <summary>The phrases, each once, those that stand in most decisions first.</summary>
    public static IReadOnlyList<string> Of(LoanProduct product) =>
    [
        .. product.Features.OrderBy(feature => feature.HasLevels)
            .SelectMany(feature => ReasonText.Phrases(product, feature))
            .Concat(product.Features.SelectMany(feature => feature.Levels).Select(level => level.Value))
            .Concat(product.Policy.KnockOuts.SelectMany(rule => new[] { rule.Id, rule.Reason }))
            .Append(ReasonText.Overall(product.Policy))
            .Concat(product.Features.SelectMany(feature => WarningText.Phrases(product, feature)))
            .Concat(product.Features.SelectMany(feature => feature.Levels).Select(level => level.Label))
            .Where(phrase => phrase.Length >= Shortest)
            .Distinct(StringComparer.Ordinal),
    ];
}
