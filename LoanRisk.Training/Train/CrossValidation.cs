using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Training.Data;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Train;

/// <summary>How well trees with some parameters rank loans that they have not seen.</summary>
/// <param name="Auc">Mean of <paramref name="AucByFold"/>.</param>
/// <param name="AucByFold">AUC on each held-out fold.</param>
/// <param name="LogLoss">Mean log loss of the uncalibrated probabilities on the held-out folds.</param>
/// <param name="Brier">Mean Brier score of the same.</param>
/// <param name="BestIterations">Trees in the model of each fold: those that early stopping kept.</param>
public sealed record CrossValidationResult(double Auc, IReadOnlyList<double> AucByFold, double LogLoss, double Brier, IReadOnlyList<int> BestIterations);

/// <summary>
/// Five folds (<see cref="Fold"/>); in each a model is made of the training part, and the held-out
/// fold is measured once.
/// </summary>
public static class CrossValidation
{
    /// <summary>Folds.</summary>
    public const int FoldCount = Fold.Count;

    /// <summary>Runs all folds of boosted trees; as many at a time as there are threads.</summary>
    public static CrossValidationResult Run(DataSet data, TrainingParameters parameters, Action? foldDone = null, CancellationToken cancellationToken = default) =>
        Run(data, new TreesRecipe(parameters), foldDone, cancellationToken);

    /// <summary>Runs all folds; as many at a time as there are threads.</summary>
    public static CrossValidationResult Run(DataSet data, IModelRecipe recipe, Action? foldDone = null, CancellationToken cancellationToken = default)
    {
        var folds = Fold.Of(data);
        var fits = new Fit[FoldCount];
        var threads = Math.Max(1, WorkThreads.Current.MaximumConcurrencyLevel / FoldCount);
        Parallel.For(0, FoldCount, WorkThreads.Current.Options(cancellationToken: cancellationToken), k =>
        {
            fits[k] = RunFold(data, recipe, folds[k], threads, cancellationToken);
            foldDone?.Invoke();
        });
        return new CrossValidationResult(
            fits.Average(f => f.Metrics.Auc),
            [.. fits.Select(f => f.Metrics.Auc)],
            fits.Average(f => f.Metrics.LogLoss),
            fits.Average(f => f.Metrics.Brier),
            [.. fits.Select(f => f.Trees)]);
    }

    private static Fit RunFold(DataSet data, IModelRecipe recipe, Fold fold, int threads, CancellationToken cancellationToken)
    {
        var model = recipe.Fit(data, fold.Training, threads, progress: null, cancellationToken);
        var probabilities = Array.ConvertAll(RawScores.Of(model, data, fold.Held), PlattCalibration.Identity.Probability);
        return new Fit(Metrics.Of(new ScoredLoans(probabilities, data.BadOf(fold.Held))), model.Trees.Length);
    }

    private sealed record Fit(Metrics Metrics, int Trees);
}
