using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Training.Data;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Train;

/// <summary>How well trees with some parameters rank loans that they have not seen.</summary>
/// <param name="Auc">Mean of <paramref name="AucByFold"/>.</param>
/// <param name="AucByFold">AUC on each held-out fold.</param>
/// <param name="LogLoss">Mean log loss of the uncalibrated probabilities on the held-out folds.</param>
/// <param name="Brier">Mean Brier score of the same.</param>
/// <param name="BestIterations">Trees that early stopping kept, by fold.</param>
public sealed record CrossValidationResult(double Auc, IReadOnlyList<double> AucByFold, double LogLoss, double Brier, IReadOnlyList<int> BestIterations);

/// <summary>
/// Five folds (<see cref="Fold"/>); in each the trees stop early on every fifth row of the training part, and
/// the held-out fold is measured once.
/// </summary>
public static class CrossValidation
{
    /// <summary>Folds.</summary>
    public const int FoldCount = Fold.Count;

    /// <summary>Runs all folds; as many at a time as there are cores.</summary>
    public static CrossValidationResult Run(DataSet data, TrainingParameters parameters, Action? foldDone = null, CancellationToken cancellationToken = default)
    {
        var folds = Fold.Of(data);
        var fits = new Fit[FoldCount];
        var threads = Math.Max(1, Environment.ProcessorCount / FoldCount);
        Parallel.For(0, FoldCount, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            fits[k] = RunFold(data, parameters with { NumThreads = threads }, folds[k].Training, folds[k].Held, cancellationToken);
            foldDone?.Invoke();
        });
        return new CrossValidationResult(
            fits.Average(f => f.Metrics.Auc),
            [.. fits.Select(f => f.Metrics.Auc)],
            fits.Average(f => f.Metrics.LogLoss),
            fits.Average(f => f.Metrics.Brier),
            [.. fits.Select(f => f.Iterations)]);
    }

    private static Fit RunFold(DataSet data, TrainingParameters parameters, int[] training, int[] held, CancellationToken cancellationToken)
    {
        var (trees, stopping) = DataParts.Stop(training);
        var result = Trainer.Train(data.Table(trees), parameters, data.Table(stopping), progress: null, cancellationToken);
        var probabilities = Array.ConvertAll(RawScores.Of(result.Model, data, held), PlattCalibration.Identity.Probability);
        return new Fit(Metrics.Of(new ScoredLoans(probabilities, data.BadOf(held))), result.BestIteration);
    }

    private sealed record Fit(Metrics Metrics, int Iterations);
}
