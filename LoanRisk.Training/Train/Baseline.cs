using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Lending.Models;
using LoanRisk.Training.Data;
using LoanRisk.Trees;

namespace LoanRisk.Training.Train;

/// <summary>Another model on the same test rows, to hold the new one against.</summary>
/// <param name="Name"><c>scorecard</c> or <c>champion</c>.</param>
/// <param name="ModelId">The registered model; null for one that was made for the comparison.</param>
/// <param name="Caution">Why its figures may flatter it; null when they do not.</param>
/// <param name="Test">Its measures.</param>
/// <param name="Intervals">How sure they are.</param>
/// <param name="Calibration">How honest its probabilities are.</param>
/// <param name="Roc">Its ROC curve.</param>
public sealed record BaselineReport(
    string Name, string? ModelId, string? Caution, Metrics Test, MetricIntervals Intervals, CalibrationMeasures Calibration, IReadOnlyList<RocPoint> Roc);

/// <summary>Measures baselines on the test rows.</summary>
internal static class Baseline
{
    /// <summary>A scorecard of the same rows, calibrated the same way.</summary>
    public static BaselineReport Scorecard(DataSet data, DataParts parts, int seed, CancellationToken cancellationToken)
    {
        var trees = new ScorecardRecipe(new()).Fit(data, parts.Learning, 0, null, cancellationToken);
        return Of("scorecard", null, null, trees, CalibrationOn(trees, data, parts), data, parts, seed, cancellationToken);
    }

    /// <summary>The model that serves now. It was trained on the test rows if it came from other software or an older version that chose them otherwise; that is said.</summary>
    public static BaselineReport Champion(ModelPackage package, DataSet data, DataParts parts, int seed, CancellationToken cancellationToken)
    {
        var flatters = package.Manifest.DataSha256.Length == 0 ? "It is not known on which rows it was trained; if these were among them, its figures flatter it." : null;
        return Of("champion", package.Id, flatters, package.Trees, package.Calibration, data, parts, seed, cancellationToken);
    }

    /// <summary>The calibration that is best on the rows for the choice.</summary>
    public static CalibrationChoice Choose(TreeModel trees, DataSet data, DataParts parts) => CalibrationChoice.Of(
        RawScores.Of(trees, data, parts.Calibration), data.BadOf(parts.Calibration), RawScores.Of(trees, data, parts.Choice), data.BadOf(parts.Choice));

    private static ProbabilityCalibration CalibrationOn(TreeModel trees, DataSet data, DataParts parts) => Choose(trees, data, parts).Chosen;

    private static BaselineReport Of(
        string name, string? id, string? caution, TreeModel trees, ProbabilityCalibration calibration, DataSet data, DataParts parts, int seed, CancellationToken cancellationToken)
    {
        var probabilities = Array.ConvertAll(RawScores.Of(trees, data, parts.Test), calibration.Probability);
        var evaluation = ModelEvaluation.Of(probabilities, data.BadOf(parts.Test), data.Product.Policy, seed, cancellationToken: cancellationToken);
        return new BaselineReport(name, id, caution, evaluation.Metrics, evaluation.Intervals, evaluation.Calibration, evaluation.Curves.Roc);
    }
}
