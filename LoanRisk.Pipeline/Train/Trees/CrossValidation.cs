using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>
/// Five folds (<see cref="Fold"/>); in each a model is made of the training part, and the held-out
/// fold is measured once.
/// </summary>
public static class CrossValidation
{
    /// <summary>Folds.</summary>
    public const int FoldCount = Fold.Count;

    /// <summary>Runs all folds of boosted trees; as many at a time as there are threads.</summary>
    public static CrossValidationResult Run(
        DataSet data, TrainingParameters parameters, Action? foldDone = null, CancellationToken cancellationToken = default) =>
        Run(data, new TreesRecipe(parameters), foldDone, cancellationToken);

    /// <summary>Runs all folds; as many at a time as there are threads.</summary>
    public static CrossValidationResult Run(
        DataSet data, IModelRecipe recipe, Action? foldDone = null, CancellationToken cancellationToken = default)
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
        var probabilities = Array.ConvertAll(RawScores.Of(model, data, fold.Validation), PlattCalibration.Identity.Probability);
        return new Fit(Metrics.Of(new ScoredLoans(probabilities, data.BadOf(fold.Validation))), model.Trees.Length);
    }

    private sealed record Fit(Metrics Metrics, int Trees);
}
