using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Training.Data;
using LoanRisk.Training.Registry;
using LoanRisk.Trees;

namespace LoanRisk.Training.Train;

/// <summary>Another model on the same test rows, to hold the new one against.</summary>
/// <param name="Name"><see cref="Baseline.ScorecardName"/> or <see cref="Baseline.ChampionName"/>.</param>
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
    /// <summary>A scorecard made for the comparison.</summary>
    public const string ScorecardName = "scorecard";

    /// <summary>The model that served at the time.</summary>
    public const string ChampionName = "champion";

    /// <summary>A scorecard of the same rows.</summary>
    public static BaselineReport Scorecard(DataSet data, DataParts parts, int seed, CancellationToken cancellationToken) =>
        Of(ScorecardName, null, null, ScorecardBaseline.Of(data, parts, cancellationToken).Probabilities, data, parts, seed, cancellationToken);

    /// <summary>The model that serves now.</summary>
    public static BaselineReport Champion(RegisteredPackage champion, DataSet data, DataParts parts, int seed, CancellationToken cancellationToken)
    {
        var probabilities = Array.ConvertAll(RawScores.Of(champion.Package.Trees, data, parts.Test), champion.Package.Calibration.Probability);
        return Of(ChampionName, champion.Package.Id, champion.Caution, probabilities, data, parts, seed, cancellationToken);
    }

    /// <summary>The calibration that is best on the rows for the choice.</summary>
    public static CalibrationChoice Choose(TreeModel trees, DataSet data, DataParts parts) => CalibrationChoice.Of(
        RawScores.Of(trees, data, parts.Calibration), data.BadOf(parts.Calibration), RawScores.Of(trees, data, parts.Choice), data.BadOf(parts.Choice));

    private static BaselineReport Of(
        string name, string? id, string? caution, double[] probabilities, DataSet data, DataParts parts, int seed, CancellationToken cancellationToken)
    {
        var evaluation = ModelEvaluation.Of(probabilities, data.BadOf(parts.Test), data.Product.Policy, seed, cancellationToken: cancellationToken);
        return new BaselineReport(name, id, caution, evaluation.Metrics, evaluation.Intervals, evaluation.Calibration, evaluation.Curves.Roc);
    }
}
