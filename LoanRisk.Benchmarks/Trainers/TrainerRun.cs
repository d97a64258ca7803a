using System.Diagnostics;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;

namespace LoanRisk.Benchmarks.Trainers;

/// <summary>What one training run gave.</summary>
/// <param name="Auc">AUC on the test rows.</param>
/// <param name="Trees">Trees that early stopping left.</param>
/// <param name="Seconds">Processor seconds of the process.</param>
internal sealed record TrainerRun(double Auc, int Trees, double Seconds)
{
    /// <summary>Trains on one thread and measures.</summary>
    public static TrainerRun Of(TreeTrainer trainer, DataSet data, int seed)
    {
        var parameters = DefaultParameters.For(data.Product, [], seed) with
        {
            MonotoneConstraints = [.. data.Product.Features.Select(feature => feature.Monotone)],
        };
        var parts = DataSplit.Create(data, seed);
        var start = Processor();
        var model = TreeRecipes.Of(trainer, parameters).Fit(data, parts.TrainAndStopping, 1, null, CancellationToken.None);
        var seconds = Processor() - start;
        var probabilities = Array.ConvertAll(RawScores.Of(model, data, parts.Test), PlattCalibration.Identity.Probability);
        return new TrainerRun(Metrics.Of(new ScoredLoans(probabilities, data.BadOf(parts.Test))).Auc, model.Trees.Length, seconds);
    }

    private static double Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
