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

        var mean = MeanLoss(scores);
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
            var chunk = RowChunks.Of(from);
            (losses[chunk], weights[chunk]) = Sum(scores, conversion, from, to);
        });
        return losses.Sum() / weights.Sum();
    }

    private (double Loss, double Weight) Sum(double[][] scores, OutputConversion conversion, int from, int to)
    {
        var outputs = new double[scores.Length];
        double loss = 0;
        double all = 0;
        for (var row = from; row < to; row++)
        {
            for (var output = 0; output < outputs.Length; output++)
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

/// <summary>What one row's converted output costs, with LightGBM's bounds that keep logarithms finite.</summary>
internal static class RowLosses
{
    private const double Epsilon = 1e-15f;
    private const double CrossEntropyEpsilon = 1e-12;
    private const double PoissonEpsilon = 1e-10f;

    public static double Binary(double probability, float label) =>
        -Math.Log(Math.Max(label > 0 ? probability : 1 - probability, Epsilon));

    public static double CrossEntropy(double probability, float label)
    {
        var positive = Math.Log(Math.Max(probability, CrossEntropyEpsilon));
        var negative = Math.Log(Math.Max(1 - probability, CrossEntropyEpsilon));
        return -((label * positive) + ((1 - label) * negative));
    }

    public static double Poisson(double mean, float label)
    {
        var bounded = Math.Max(mean, PoissonEpsilon);
        return bounded - (label * Math.Log(bounded));
    }

    public static double Multiclass(ReadOnlySpan<double> probabilities, int label) =>
        -Math.Log(Math.Max(probabilities[label], Epsilon));

    /// <summary>Whether another class has at least the probability of the row's own.</summary>
    public static bool IsWrong(ReadOnlySpan<double> probabilities, int label)
    {
        var asLarge = 0;
        foreach (var probability in probabilities)
        {
            asLarge += probability >= probabilities[label] ? 1 : 0;
        }

        return asLarge > 1;
    }
}
