using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Training.Evaluation;

/// <summary>Measures raw scores by one metric. All but the AUC look at what the objective makes of the scores.</summary>
internal sealed class ScoreMeasure(TrainingTable table, TrainingMetric metric, string objective, ParallelOptions threads)
{
    /// <summary>The metric over all rows.</summary>
    /// <param name="scores">One array an output, one raw score a row.</param>
    public double Of(double[][] scores)
    {
        if (metric == TrainingMetric.Auc)
        {
            return ValidationMetrics.Auc(scores[0], table.Labels, table.Weights);
        }

        double mean = MeanLoss(scores);
        return metric == TrainingMetric.Rmse ? Math.Sqrt(mean) : mean;
    }

    // Chunks of rows are summed apart and then in order, so that the sum does not depend on the threads.
    private double MeanLoss(double[][] scores)
    {
        var conversion = OutputConversion.Of(objective, scores.Length);
        var losses = new double[RowChunks.Count(table.RowCount)];
        var weights = new double[losses.Length];
        RowChunks.ForEach(table.RowCount, threads, (from, to) =>
        {
            int chunk = RowChunks.Of(from);
            (losses[chunk], weights[chunk]) = Sum(scores, conversion, from, to);
        });
        return losses.Sum() / weights.Sum();
    }

    private (double Loss, double Weight) Sum(double[][] scores, OutputConversion conversion, int from, int to)
    {
        var outputs = new double[scores.Length];
        double loss = 0;
        double all = 0;
        for (int row = from; row < to; row++)
        {
            for (int output = 0; output < outputs.Length; output++)
            {
                outputs[output] = scores[output][row];
            }

            conversion.Apply(outputs);
            double weight = table.Weights is null ? 1 : table.Weights[row];
            loss += weight * RowLoss(outputs, table.Labels[row]);
            all += weight;
        }

        return (loss, all);
    }

    private double RowLoss(ReadOnlySpan<double> outputs, float label) => metric switch
    {
        TrainingMetric.L1 => Math.Abs(outputs[0] - label),
        TrainingMetric.L2 or TrainingMetric.Rmse => (outputs[0] - label) * (outputs[0] - label),
        TrainingMetric.Poisson => RowLosses.Poisson(outputs[0], label),
        TrainingMetric.CrossEntropy => RowLosses.CrossEntropy(outputs[0], label),
        TrainingMetric.MultiLogLoss => RowLosses.Multiclass(outputs, (int)label),
        TrainingMetric.MultiError => RowLosses.IsWrong(outputs, (int)label) ? 1 : 0,
        _ => RowLosses.Binary(outputs[0], label),
    };
}
