using System.Globalization;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Boosting;

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

/// <summary>
/// Gradient boosting as LightGBM does it: histograms, leaf-wise growth, second-order leaf outputs.
/// The same table, parameters and seed give the same model, whatever the number of threads.
/// </summary>
public static class Trainer
{
    /// <summary>Trains a model.</summary>
    /// <param name="table">Rows to learn from. With one class alone, or when no feature can be split, the model is one constant
    /// leaf.</param>
    /// <param name="parameters">LightGBM's parameters.</param>
    /// <param name="validation">Rows with the same columns, to measure each iteration on.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellationToken">Stops the run between two splits.</param>
    /// <exception cref="ArgumentException">Parameters and tables do not fit together; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainingResult Train(
        TrainingTable table,
        TrainingParameters parameters,
        TrainingTable? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        parameters.Validate();
        CheckLabels(table, parameters, "training");
        CheckStart(table, parameters);
        CheckDirections(table, parameters);
        CheckValidation(table, parameters, validation);
        var threads = WorkThreads.Current.Options(parameters.NumThreads, cancellationToken);
        return BoostingRun.Of(table, parameters, validation, threads).Run(progress);
    }

    private static void CheckLabels(TrainingTable table, TrainingParameters parameters, string which)
    {
        for (var row = 0; row < table.RowCount; row++)
        {
            if (!parameters.AllowsLabel(table.Labels[row]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The label of row {row} (counted from 0) "
                    + $"of the {which} table is {table.Labels[row]}; it must be {parameters.LabelsAllowed}."), nameof(table));
            }
        }
    }

    private static void CheckStart(TrainingTable table, TrainingParameters parameters)
    {
        if (parameters.Objective == TrainingObjective.Poisson
            && !table.Labels.Where((label, row) => label > 0 && (table.Weights is null || table.Weights[row] > 0)).Any())
        {
            throw new ArgumentException(
                "All labels are 0; objective poisson needs one above 0, for it starts from the logarithm of their mean.", nameof(table));
        }
    }

    private static void CheckDirections(TrainingTable table, TrainingParameters parameters)
    {
        if (parameters.MonotoneConstraints.IsEmpty)
        {
            return;
        }

        if (parameters.MonotoneConstraints.Length != table.FeatureCount)
        {
            throw Allowed.Refusal("monotone_constraints", $"{parameters.MonotoneConstraints.Length} directions",
                $"one direction for each of the {table.FeatureCount} features, or none");
        }

        for (var feature = 0; feature < table.FeatureCount; feature++)
        {
            if (parameters.MonotoneConstraints[feature] != 0 && table.IsCategorical(feature))
            {
                throw Allowed.Refusal("monotone_constraints", $"{parameters.MonotoneConstraints[feature]} for "
                    + $"'{table.FeatureNames[feature]}'", "0 there: categories have no direction");
            }
        }
    }

    private static void CheckValidation(TrainingTable table, TrainingParameters parameters, TrainingTable? validation)
    {
        if (validation is null)
        {
            if (parameters.EarlyStoppingRound > 0)
            {
                throw Allowed.Refusal("early_stopping_round", $"{parameters.EarlyStoppingRound}", "0 without a validation table");
            }

            return;
        }

        if (!validation.FeatureNames.SequenceEqual(table.FeatureNames, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                "The validation table's columns are not the training table's; names and order must be equal.", nameof(validation));
        }

        CheckLabels(validation, parameters, "validation");
        if (parameters.WatchedMetric == TrainingMetric.Auc && !HoldsBothClasses(validation))
        {
            throw Allowed.Refusal(
                "metric", "auc", "another when the validation table holds one class only, labels that are all 0 or all above it");
        }
    }

    // A row without weight does not count.
    private static bool HoldsBothClasses(TrainingTable table) =>
        table.Labels.Where((_, row) => table.Weights is null || table.Weights[row] > 0).Select(label => label > 0).Distinct().Count() == 2;
}
