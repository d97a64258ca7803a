using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;

namespace LoanRisk.Reports;

/// <summary>Another model on the same loans, to be drawn faint behind.</summary>
/// <param name="Name">What it is called in charts.</param>
/// <param name="IsBaseline">A scorecard made for the comparison, not a model of the registry.</param>
/// <param name="Metrics">Its measures.</param>
/// <param name="Roc">Its ROC curve.</param>
/// <param name="Curves">All its curves; null when only the ROC curve is known.</param>
public sealed record ComparisonCurves(string Name, bool IsBaseline, Metrics Metrics, IReadOnlyList<RocPoint> Roc, EvaluationCurves? Curves);
