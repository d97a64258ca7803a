using LoanRisk.Lending.Products;
using LoanRisk.MLNet.Columns;

namespace LoanRisk.Pipeline.Embedded;

/// <summary>The input columns of a product's ML.NET model: its features, by name, as the product file describes them.</summary>
public static class ProductColumns
{
    /// <summary>One column a feature, in feature order.</summary>
    public static InputSchema Of(LoanProduct product) => new(product.Features.Select(Of));

    private static InputColumn Of(Feature feature) => feature.Kind switch
    {
        FeatureKind.Numeric => new InputColumn(feature.Name, ColumnKind.Number)
        {
            Largest = feature.Allowed?.Max ?? double.PositiveInfinity,
        },
        FeatureKind.Nominal => OfLevels(feature, ColumnKind.Category),
        _ => OfLevels(feature, ColumnKind.Rank),
    };

    private static InputColumn OfLevels(Feature feature, ColumnKind kind) =>
        new(feature.Name, kind)
        {
            Levels = [.. feature.Levels.Select(level => level.Value)],
            MayBeMissing = feature.MayBeMissing,
            MayBeUnseen = !feature.RefuseUnseen,
        };
}
