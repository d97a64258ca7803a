using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline.Models.Figures;
using LoanRisk.Reports;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Web.Api;

/// <summary>How good the serving model is on the rows it never learned from, as it was measured when it was trained.</summary>
internal sealed record ScoringResponse(string Product, ModelResponse Model, Metrics Test, MetricIntervals? Intervals, CalibrationResponse? Calibration, RowsResponse? Rows);

/// <summary>Sizes of the parts; null where a model does not say.</summary>
internal sealed record RowsResponse(PartSize? All, PartSize? Test);

/// <summary>How honest the probabilities are on the same rows.</summary>
internal sealed record CalibrationResponse(string? Method, double? Slope, double? Intercept, double? ExpectedError);

/// <summary>A data version.</summary>
internal sealed record DataVersionResponse(int Version, string Id, DateTime CreatedAt, long Rows, long BadRows)
{
    public static DataVersionResponse Of(DataVersion version) => new(version.Version, version.Id, version.CreatedAt.UtcDateTime, version.Rows, version.BadRows);
}

/// <summary>What the newest data version looks like.</summary>
internal sealed record StatisticsResponse(
    string Product, DataVersionResponse Data, int Rows, int BadRows, double BadRate, Interval BadRateInterval, IReadOnlyList<ColumnResponse> Features, IReadOnlyList<DataWarningResponse> Warnings)
{
    public static StatisticsResponse Of(LoanProduct product, DataVersion version, DataProfile profile) => new(
        product.Id, DataVersionResponse.Of(version), profile.Rows, profile.BadRows, profile.BadRate, profile.BadRateInterval, [.. profile.Features.Select(ColumnResponse.Of)],
        [.. profile.Warnings.Select(warning => new DataWarningResponse(warning.Kind, warning.Column, warning.Sentence))]);
}

/// <summary>One feature in the data; numbers are null for levels.</summary>
internal sealed record ColumnResponse(
    string Name, FeatureKind Kind, int Given, int Missing, double MissingPercent, int Distinct, double? Mean, double? Median, double? StandardDeviation, double? Minimum, double? Maximum,
    IReadOnlyList<QuantilePoint>? Quantiles, IReadOnlyList<LevelProfile> Levels, double InformationValue)
{
    public static ColumnResponse Of(ColumnProfile column) => new(
        column.Name, column.Kind, column.Given, column.Missing, 100 * column.MissingShare, column.Distinct, column.Numbers?.Mean, column.Numbers?.Median,
        column.Numbers?.StandardDeviation, column.Numbers?.Minimum, column.Numbers?.Maximum, column.Numbers?.Quantiles, column.Levels, column.InformationValue);
}

/// <summary>Something in the data that an analyst should look at.</summary>
internal sealed record DataWarningResponse(ProfileWarningKind Kind, string? Column, string Message);

/// <summary>Whether model, data and program are in good health.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">What serves; null when nothing does.</param>
/// <param name="ModelAgeDays">Days since it was trained.</param>
/// <param name="Refusal">Why the model, or the policy of the product file, that should serve does not; null when all is well.</param>
/// <param name="DataVersions">The versions of the data, the newest first.</param>
/// <param name="MissingPercent">Percent missing by feature in the newest one; null without data that can be described.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Packages">The packages it is made of.</param>
internal sealed record DiagnosticsResponse(
    string Product, ModelResponse? Model, double? ModelAgeDays, string? Refusal, IReadOnlyList<DataVersionResponse> DataVersions, IReadOnlyDictionary<string, double>? MissingPercent,
    string Program, IReadOnlyList<PackageLine> Packages);
