using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Machines;
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

    /// <summary>
    /// Runs all folds; as many at a time as there are threads, or one after the other where machines share the work. The measures are over
    /// the held-out rows of all machines.
    /// </summary>
    public static CrossValidationResult Run(
        DataSet data, IModelRecipe recipe, Action? foldDone = null, CancellationToken cancellationToken = default)
    {
        var folds = Fold.Of(data, recipe.Machines ?? OneMachine.Instance);
        var fits = new FoldFit[FoldCount];
        if (recipe.Machines is null)
        {
            var threads = Math.Max(1, WorkThreads.Current.MaximumConcurrencyLevel / FoldCount);
            Parallel.For(0, FoldCount, WorkThreads.Current.Options(cancellationToken: cancellationToken), k => Fit(k, threads));
        }
        else
        {
            Enumerable.Range(0, FoldCount).ToList().ForEach(k => Fit(k, threads: 0));
        }

        return new CrossValidationResult(
            fits.Average(f => f.Metrics.Auc),
            [.. fits.Select(f => f.Metrics.Auc)],
            fits.Average(f => f.Metrics.LogLoss),
            fits.Average(f => f.Metrics.Brier),
            [.. fits.Select(f => f.Trees)]);

        void Fit(int k, int threads)
        {
            fits[k] = RunFold(data, recipe, folds[k], threads, cancellationToken);
            foldDone?.Invoke();
        }
    }

    private static FoldFit RunFold(DataSet data, IModelRecipe recipe, Fold fold, int threads, CancellationToken cancellationToken)
    {
        var model = recipe.Fit(data, fold.Training, threads, progress: null, cancellationToken);
        var machines = recipe.Machines ?? OneMachine.Instance;
        var probabilities = Array.ConvertAll(RawScores.Of(model, data, fold.Validation), PlattCalibration.Identity.Probability);
        var loans = new ScoredLoans(machines.All(probabilities), machines.All(data.BadOf(fold.Validation)));
        return new FoldFit(Metrics.Of(loans), model.Trees.Length);
    }

    private sealed record FoldFit(Metrics Metrics, int Trees);
}
