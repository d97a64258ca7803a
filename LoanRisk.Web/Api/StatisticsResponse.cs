using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Store.DataSets;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>What the newest data version looks like.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Data">The version.</param>
/// <param name="Rows">Usable rows.</param>
/// <param name="BadRows">How many of them turned bad.</param>
/// <param name="BadRate">Their share.</param>
/// <param name="BadRateInterval">Wilson's 95 % interval of the share.</param>
/// <param name="Features">In the order of the feature row.</param>
/// <param name="Warnings">What an analyst should look at, the gravest first.</param>
internal sealed record StatisticsResponse(
    string Product,
    DataVersionResponse Data,
    int Rows,
    int BadRows,
    [property: Share] double BadRate,
    IntervalResponse BadRateInterval,
    IReadOnlyList<ColumnResponse> Features,
    IReadOnlyList<DataWarningResponse> Warnings)
{
    public static StatisticsResponse Of(LoanProduct product, DataVersion version, DataProfile profile) => new(
        product.Id,
        DataVersionResponse.Of(version),
        profile.Rows,
        profile.BadRows,
        profile.BadRate,
        IntervalResponse.Of(profile.BadRateInterval),
        [.. profile.Features.Select(ColumnResponse.Of)],
        [.. profile.Warnings.Select(warning => new DataWarningResponse(warning.Kind, warning.Column, warning.Sentence))]);
}

/// <summary>A data version.</summary>
/// <param name="Version">Number from 1.</param>
/// <param name="Id">Hash of the content.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="BadRows">How many of them turned bad.</param>
internal sealed record DataVersionResponse([property: AtLeast(1)] int Version, string Id, DateTime CreatedAt, long Rows, long BadRows)
{
    public static DataVersionResponse Of(DataVersion version) =>
        new(version.Version, version.Id, version.CreatedAt.UtcDateTime, version.Rows, version.BadRows);
}

/// <summary>One feature in the data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How its values relate to each other.</param>
/// <param name="Given">Rows with a value.</param>
/// <param name="Missing">Rows without.</param>
/// <param name="MissingPercent">Their percentage of all rows.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Mean">Mean; null for levels.</param>
/// <param name="Median">Median; null for levels.</param>
/// <param name="StandardDeviation">Standard deviation; null for levels.</param>
/// <param name="Minimum">Least value; null for levels.</param>
/// <param name="Maximum">Greatest value; null for levels.</param>
/// <param name="Quantiles">Points of the distribution; null for levels.</param>
/// <param name="Levels">The levels; empty for numbers.</param>
/// <param name="InformationValue">Information value over about ten bins.</param>
internal sealed record ColumnResponse(
    string Name,
    FeatureKind Kind,
    int Given,
    int Missing,
    double MissingPercent,
    int Distinct,
    double? Mean,
    double? Median,
    double? StandardDeviation,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<QuantileResponse>? Quantiles,
    IReadOnlyList<LevelStatisticsResponse> Levels,
    double InformationValue)
{
    public static ColumnResponse Of(ColumnProfile column) => new(
        column.Name,
        column.Kind,
        column.Given,
        column.Missing,
        100 * column.MissingShare,
        column.Distinct,
        column.Numbers?.Mean,
        column.Numbers?.Median,
        column.Numbers?.StandardDeviation,
        column.Numbers?.Minimum,
        column.Numbers?.Maximum,
        column.Numbers is { } numbers ? [.. numbers.Quantiles.Select(point => new QuantileResponse(point.Share, point.Value))] : null,
        [.. column.Levels.Select(LevelStatisticsResponse.Of)],
        column.InformationValue);
}

/// <summary>A point of a distribution.</summary>
/// <param name="Share">The share of values at or below.</param>
/// <param name="Value">The value.</param>
internal sealed record QuantileResponse([property: Share] double Share, double Value);

/// <summary>One level in the data.</summary>
/// <param name="Value">The data's spelling.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Loans">Loans that have it.</param>
/// <param name="Share">Their share of the rows with a value.</param>
/// <param name="Bad">How many of them turned bad.</param>
/// <param name="BadRate">Their share; null without rows.</param>
/// <param name="BadRateInterval">Wilson's 95 % interval; null without rows.</param>
internal sealed record LevelStatisticsResponse(
    string Value,
    string Label,
    int Loans,
    [property: Share] double Share,
    int Bad,
    [property: Share] double? BadRate,
    IntervalResponse? BadRateInterval)
{
    public static LevelStatisticsResponse Of(LevelProfile level) => new(
        level.Value,
        level.Label,
        level.Loans,
        level.Share,
        level.Bad,
        level.BadRate,
        level.BadRateInterval is { } interval ? IntervalResponse.Of(interval) : null);
}

/// <summary>Something in the data that an analyst should look at.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Column">The column; null when it concerns all rows.</param>
/// <param name="Message">For a person.</param>
internal sealed record DataWarningResponse(ProfileWarningKind Kind, string? Column, string Message);
