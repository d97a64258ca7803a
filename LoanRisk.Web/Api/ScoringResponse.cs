using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>Measures of the serving model, taken when it was trained.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The serving model.</param>
/// <param name="Test">On the rows that nothing else has seen.</param>
/// <param name="Intervals">How far they may lie by chance of those rows alone; null where the model does not say.</param>
/// <param name="Calibration">How honest the probabilities are on the same rows; null where the model does not say.</param>
/// <param name="Rows">Sizes of the parts; null where the model does not say.</param>
internal sealed record ScoringResponse(
    string Product,
    ModelResponse Model,
    MetricsResponse Test,
    MetricIntervalsResponse? Intervals,
    CalibrationResponse? Calibration,
    RowsResponse? Rows)
{
    /// <summary>The measures a model keeps; null when it keeps none.</summary>
    public static ScoringResponse? Of(string product, ModelResponse model, ModelMetrics metrics) => metrics.Test is { } test
        ? new(
            product,
            model,
            MetricsResponse.Of(test),
            metrics.TestIntervals is { } intervals ? MetricIntervalsResponse.Of(intervals) : null,
            CalibrationResponse.Of(metrics),
            metrics.Rows is { } rows ? new RowsResponse(PartResponse.Of(rows.All), PartResponse.Of(rows.Test)) : null)
        : null;
}

/// <summary>Measures of probabilities against outcomes.</summary>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Gini">Gini coefficient, 2 AUC - 1.</param>
/// <param name="Ks">Kolmogorov-Smirnov distance between good and bad loans.</param>
/// <param name="LogLoss">Mean logarithmic loss.</param>
/// <param name="Brier">Brier score: mean squared distance between probability and outcome.</param>
/// <param name="AveragePrecision">Average precision: the mean precision over all cut-offs, weighted by the recall each adds.</param>
internal sealed record MetricsResponse(double Auc, double Gini, double Ks, double LogLoss, double Brier, double AveragePrecision)
{
    public static MetricsResponse Of(Metrics metrics) =>
        new(metrics.Auc, metrics.Gini, metrics.Ks, metrics.LogLoss, metrics.Brier, metrics.AveragePrecision);
}

/// <summary>How far the measures may lie by chance of the rows alone.</summary>
/// <param name="Level">Share of the resamples inside.</param>
/// <param name="Resamples">How many were drawn.</param>
/// <param name="Auc">Of the area under the ROC curve.</param>
/// <param name="Gini">Of the Gini coefficient.</param>
/// <param name="Ks">Of the Kolmogorov-Smirnov distance.</param>
/// <param name="LogLoss">Of the mean logarithmic loss.</param>
/// <param name="Brier">Of the Brier score.</param>
/// <param name="AveragePrecision">Of the average precision.</param>
internal sealed record MetricIntervalsResponse(
    [property: Share] double Level,
    int Resamples,
    IntervalResponse Auc,
    IntervalResponse Gini,
    IntervalResponse Ks,
    IntervalResponse LogLoss,
    IntervalResponse Brier,
    IntervalResponse AveragePrecision)
{
    public static MetricIntervalsResponse Of(MetricIntervals intervals) => new(
        intervals.Level,
        intervals.Resamples,
        IntervalResponse.Of(intervals.Auc),
        IntervalResponse.Of(intervals.Gini),
        IntervalResponse.Of(intervals.Ks),
        IntervalResponse.Of(intervals.LogLoss),
        IntervalResponse.Of(intervals.Brier),
        IntervalResponse.Of(intervals.AveragePrecision));
}

/// <summary>An interval with both ends.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record IntervalResponse(double Low, double High)
{
    public static IntervalResponse Of(Interval interval) => new(interval.Low, interval.High);
}

/// <summary>How honest the probabilities are.</summary>
/// <param name="Method">How scores become probabilities.</param>
/// <param name="Slope">1 is perfect.</param>
/// <param name="Intercept">0 is perfect.</param>
/// <param name="ExpectedError">Mean distance between predicted and observed.</param>
internal sealed record CalibrationResponse(string? Method, double? Slope, double? Intercept, double? ExpectedError)
{
    public static CalibrationResponse? Of(ModelMetrics metrics) => metrics.Calibration is { } calibration
        ? new(calibration.Chosen, calibration.Slope, calibration.Intercept, calibration.ExpectedError)
        : null;
}

/// <summary>Sizes of the parts.</summary>
/// <param name="All">All rows.</param>
/// <param name="Test">Those kept for the test.</param>
internal sealed record RowsResponse(PartResponse? All, PartResponse? Test);

/// <summary>Size of a part.</summary>
/// <param name="Loans">Loans in it.</param>
/// <param name="Bad">How many of them turned bad.</param>
internal sealed record PartResponse(int Loans, int Bad)
{
    public static PartResponse? Of(PartSize? part) => part is null ? null : new(part.Loans, part.Bad);
}
