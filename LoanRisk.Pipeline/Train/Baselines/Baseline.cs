using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Models;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Train.Baselines;

/// <summary>Measures baselines on the test rows.</summary>
public static class Baseline
{
    /// <summary>A scorecard made for the comparison.</summary>
    public const string ScorecardName = "scorecard";

    /// <summary>The model that served at the time.</summary>
    public const string ChampionName = "champion";

    /// <summary>A scorecard of the same rows.</summary>
    public static BaselineReport Scorecard(DataSet data, DataSplit parts, int seed, CancellationToken cancellationToken)
    {
        var probabilities = ScorecardBaseline.Of(data, parts, cancellationToken).Probabilities;
        return Of(ScorecardName, null, null, Evaluate(probabilities, data, parts, seed, cancellationToken));
    }

    /// <summary>The model that serves now.</summary>
    public static BaselineReport Champion(
        RegisteredPackage champion, DataSet data, DataSplit parts, int seed, CancellationToken cancellationToken)
    {
        var probabilities = Array.ConvertAll(
            RawScores.Of(champion.Package.Trees, data, parts.Test), champion.Package.Calibration.Probability);
        return Of(ChampionName, champion.Package.Id, champion.Caution, Evaluate(probabilities, data, parts, seed, cancellationToken));
    }

    /// <summary>The calibration that is best on the rows for the choice.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="data">The rows of this machine.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="machines">All machines, whose rows count together; null where all rows are here.</param>
    public static CalibrationChoice Choose(TreeModel trees, DataSet data, DataSplit parts, ITrainingMachines? machines = null)
    {
        var all = machines ?? OneMachine.Instance;
        return CalibrationChoice.Of(
            all.All(RawScores.Of(trees, data, parts.Calibration)),
            all.All(data.BadOf(parts.Calibration)),
            all.All(RawScores.Of(trees, data, parts.CalibrationSelection)),
            all.All(data.BadOf(parts.CalibrationSelection)));
    }

    private static ModelEvaluation Evaluate(
        double[] probabilities, DataSet data, DataSplit parts, int seed, CancellationToken cancellationToken) =>
        ModelEvaluation.Of(probabilities, data.BadOf(parts.Test), data.Product.Policy, seed, cancellationToken: cancellationToken);

    private static BaselineReport Of(string name, string? id, string? caution, ModelEvaluation evaluation) =>
        new(name, id, caution, evaluation.Metrics, evaluation.Intervals, evaluation.Calibration, evaluation.Curves.Roc);
}
