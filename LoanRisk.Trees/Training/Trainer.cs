namespace LoanRisk.Trees.Training;

/// <summary>How far a training run is.</summary>
/// <param name="Iteration">Iterations done, from 1.</param>
/// <param name="TotalIterations">Iterations asked for.</param>
/// <param name="ValidationMetric">The watched metric on the validation rows, when there are any.</param>
public readonly record struct TrainingProgress(int Iteration, int TotalIterations, double? ValidationMetric);

/// <summary>What a training run leaves behind.</summary>
/// <param name="Model">The model, cut at the best iteration when early stopping was on.</param>
/// <param name="BestIteration">Iterations the model keeps.</param>
/// <param name="ValidationMetrics">The watched metric after each iteration; empty without validation rows.</param>
public sealed record TrainingResult(TreeModel Model, int BestIteration, IReadOnlyList<double> ValidationMetrics);

/// <summary>Gradient boosting as LightGBM does it.</summary>
public static class Trainer
{
    public static TrainingResult Train(
        TrainingTable table,
        TrainingParameters parameters,
        TrainingTable? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
