using System.Globalization;
using LoanRisk.Trees.Training;

namespace LoanRisk.Training.Trees;

/// <summary>What people call a training metric.</summary>
public static class MetricText
{
    public static string Of(TrainingMetric metric) => metric switch
    {
        TrainingMetric.Auc => "AUC",
        TrainingMetric.L2 => "mean squared error",
        TrainingMetric.Rmse => "root mean squared error",
        TrainingMetric.L1 => "mean absolute error",
        TrainingMetric.Poisson => "Poisson loss",
        TrainingMetric.CrossEntropy => "cross entropy",
        TrainingMetric.MultiError => "share of wrong classes",
        _ => "log loss",
    };

    /// <summary>A metric's value: six digits that count.</summary>
    public static string Of(TrainingMetric metric, double value) =>
        $"{Of(metric)} {value.ToString(Math.Abs(value) is >= 1e-3 and < 1e3 ? "0.000000" : "G6", CultureInfo.InvariantCulture)}";
}
