using System.Collections.Immutable;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Scorecards;

/// <summary>
/// Writes a scorecard as trees, one a feature, whose leaves are coefficient times weight of evidence. Leaves count the training
/// rows, so that SHAP values are exactly each attribute's distance from the feature's mean. Every leaf has some, as LightGBM's own
/// SHAP values need it: bins without loans share the leaf whose weight they have.
/// </summary>
internal static class ScorecardTrees
{
    public static TreeModel Of(Scorecard card, LoanProduct product)
    {
        // Like LightGBM, which adds the score it starts from to the leaves of its first tree.
        var trees = card.Features.Select((f, i) => ScorecardTree.Of(f, i == 0 ? card.Intercept : 0)).ToArray();
        return new TreeModel
        {
            Objective = "binary sigmoid:1",
            FeatureNames = [.. product.FeatureNames],
            FeatureInfos = [.. product.Features.Select(Info)],
            MonotoneConstraints = card.Directions.Any(d => d != 0) ? [.. card.Directions] : [],
            Trees = trees.Length > 0 ? [.. trees] : [new Tree { LeafValue = [card.Intercept], LeafCounts = [card.Rows] }],
        };
    }

    private static string Info(Feature feature) => feature.Kind switch
    {
        FeatureKind.Nominal => string.Join(':', Enumerable.Range(0, feature.Levels.Count)),
        FeatureKind.Numeric when feature.Seen is { } seen => $"[{seen.Min:R}:{seen.Max:R}]",
        FeatureKind.Numeric => "none",
        _ => $"[0:{feature.Levels.Count - 1}]",
    };
}
