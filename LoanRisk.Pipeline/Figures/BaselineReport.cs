using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;

namespace LoanRisk.Pipeline.Figures;

/// <summary>Another model on the same test rows, to hold the new one against.</summary>
/// <param name="Name">What it is: a scorecard of the same rows, or the champion of the time.</param>
/// <param name="ModelId">The registered model; null for one that was made for the comparison.</param>
/// <param name="Caution">Why its figures may flatter it; null when they do not.</param>
/// <param name="Test">Its measures.</param>
/// <param name="Intervals">How sure they are.</param>
/// <param name="Calibration">How honest its probabilities are.</param>
/// <param name="Roc">Its ROC curve.</param>
public sealed record BaselineReport(
    string Name, string? ModelId, string? Caution, Metrics Test, MetricIntervals Intervals, CalibrationMeasures Calibration,
    IReadOnlyList<RocPoint> Roc);
