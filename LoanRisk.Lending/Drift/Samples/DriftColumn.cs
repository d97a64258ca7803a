using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift.Samples;

/// <summary>What is watched: a feature, or a number that the model makes of all of them.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Kind">Which decides on the test.</param>
/// <param name="Levels">The levels in their order; empty for numbers.</param>
/// <param name="Seen">The range of training; null for levels and where there is none.</param>
public sealed record DriftColumn(string Name, string Label, FeatureKind Kind, IReadOnlyList<Level> Levels, ValueRange? Seen)
{
    /// <summary>The column of a feature.</summary>
    public static DriftColumn Of(Feature feature) => new(feature.Name, feature.Label, feature.Kind, feature.Levels, feature.Seen);

    /// <summary>A number of the model's.</summary>
    public static DriftColumn Number(string name, string label) => new(name, label, FeatureKind.Numeric, [], null);
}
