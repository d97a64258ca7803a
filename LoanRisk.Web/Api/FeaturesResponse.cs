using System.ComponentModel.DataAnnotations;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Api;

/// <summary>The features of a product.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="SchemaVersion">Changes when the features change.</param>
/// <param name="Features">In the order of the feature row.</param>
internal sealed record FeaturesResponse(string Product, string SchemaVersion, IReadOnlyList<FeatureResponse> Features);

/// <summary>One feature.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Column">Column of the data.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Help">What is meant, in a sentence.</param>
/// <param name="Kind">How its values relate to each other.</param>
/// <param name="Unit">What the number counts.</param>
/// <param name="Integer">Only whole numbers.</param>
/// <param name="Allowed">Values that are accepted, both ends included; null for levels.</param>
/// <param name="Seen">Values the training data held; outside them a value is scored and flagged.</param>
/// <param name="Levels">In their order; empty for numbers.</param>
/// <param name="MayBeMissing">It may be null or left out.</param>
/// <param name="Monotone">1: risk may only rise with the value; -1: only fall; 0: free.</param>
/// <param name="Changeable">How an applicant can change it; null where that is not possible.</param>
internal sealed record FeatureResponse(
    string Name,
    string Column,
    string Label,
    string Help,
    FeatureKind Kind,
    Unit Unit,
    bool Integer,
    RangeResponse? Allowed,
    RangeResponse? Seen,
    IReadOnlyList<LevelResponse> Levels,
    bool MayBeMissing,
    [property: AllowedValues(-1, 0, 1)] int Monotone,
    ChangeResponse? Changeable)
{
    public static FeatureResponse Of(Feature feature) => new(
        feature.Name,
        feature.Column,
        feature.Label,
        feature.Help,
        feature.Kind,
        feature.Unit,
        feature.Integer,
        RangeResponse.Of(feature.Allowed),
        RangeResponse.Of(feature.Seen),
        [.. feature.Levels.Select(level => new LevelResponse(level.Value, level.Label))],
        feature.MayBeMissing,
        feature.Monotone,
        ChangeResponse.Of(feature.Change));
}

/// <summary>How an applicant can change a value.</summary>
/// <param name="Direction">Which way; levels go by their order.</param>
/// <param name="Step">
/// A number's smallest change that a person would make; null leaves it to how the values of training are spread.
/// </param>
/// <param name="Most">A number's largest change within reach; null when there is no limit.</param>
internal sealed record ChangeResponse(ChangeDirection Direction, double? Step, double? Most)
{
    public static ChangeResponse? Of(ChangeRule? rule) => rule is null ? null : new(rule.Direction, rule.Step, rule.Most);
}

/// <summary>A range, both ends included.</summary>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
internal sealed record RangeResponse(double Min, double Max)
{
    public static RangeResponse? Of(ValueRange? range) => range is null ? null : new(range.Min, range.Max);
}

/// <summary>One level.</summary>
/// <param name="Value">The data's spelling.</param>
/// <param name="Label">What a person reads.</param>
internal sealed record LevelResponse(string Value, string Label);
