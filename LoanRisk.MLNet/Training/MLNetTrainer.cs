using System.Globalization;
using System.Reflection;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Reading;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.MLNet.Training;

/// <summary>
/// Gradient boosting by Microsoft.ML.LightGbm, under LightGBM's parameter names, and its trees as the engine reads them. ML.NET trains one
/// model at a time in a process, behind a lock of its own; a run takes one native thread unless more are asked for. It tells nothing of its
/// rounds; it can be cancelled between two of them.
/// </summary>
public static class MLNetTrainer
{
    /// <summary>Version of Microsoft.ML.LightGbm.</summary>
    public static string Version { get; } = typeof(LightGbmBinaryTrainer).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Checks that ML.NET's trainer does what the parameters ask.</summary>
    /// <exception cref="ArgumentException">It does not; the message names the parameter and what is allowed.</exception>
    public static void Check(TrainingParameters parameters) => TrainerParameters.Check(parameters);

    /// <summary>The parameters that ML.NET's trainer takes, under LightGBM's names.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Taken(TrainingParameters parameters) =>
        parameters.ToPairs().Where(pair => pair.Key != TrainerParameters.NotTaken);

    /// <summary>Trains a model. The same rows, parameters and seed give the same trees.</summary>
    /// <param name="table">Rows to learn from: the columns of the schema, categories by their codes.</param>
    /// <param name="parameters">LightGBM's parameters.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="validation">Rows with the same columns that early stopping watches; null for none.</param>
    /// <param name="cancellationToken">Stops the run between two rounds.</param>
    /// <returns>The trees, with missing values where LightGBM sent them and counts of all rows of the table.</returns>
    /// <exception cref="ArgumentException">
    /// Parameters, schema and tables do not fit together, or ML.NET cannot do what is asked.
    /// </exception>
    /// <exception cref="NativeLibraryException">LightGBM's native library cannot be used here.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TreeModel Train(
        TrainingTable table,
        TrainingParameters parameters,
        InputSchema schema,
        TrainingTable? validation = null,
        CancellationToken cancellationToken = default)
    {
        TrainerParameters.Check(parameters);
        CheckTables(table, parameters, schema, validation);
        NativeLightGbm.Require();
        cancellationToken.ThrowIfCancellationRequested();
        var trees = Fit(table, parameters, schema, validation, cancellationToken);
        var reading = EnsembleReader.Read(trees, schema, Slot.Of(schema), MissingValues.Repaired, parameters.Sigmoid);
        return RowCounts.Of(Described(reading.Model, table, parameters), table.Columns);
    }

    private static IReadOnlyList<RegressionTreeBase> Fit(
        TrainingTable table,
        TrainingParameters parameters,
        InputSchema schema,
        TrainingTable? validation,
        CancellationToken cancellationToken)
    {
        var context = new MLContext(parameters.Seed ?? 0);
        var options = TrainerParameters.Options(parameters);
        options.LabelColumnName = FeatureRows.Label;
        options.FeatureColumnName = FeatureRows.Features;
        options.ExampleWeightColumnName = table.Weights is null ? null : FeatureRows.Weight;
        var trainer = context.BinaryClassification.Trainers.LightGbm(options);
        TrainerParameters.Complete(parameters, MLNetInternals.Parameters(trainer));
        MLNetInternals.RequireCancel();
        using var cancel = cancellationToken.Register(() => MLNetInternals.Cancel(context));
        var rows = FeatureRows.Of(table, schema);
        try
        {
            var model = validation is null ? trainer.Fit(rows) : trainer.Fit(rows, FeatureRows.Of(validation, schema));
            return model.Model.SubModel.TrainedTreeEnsemble.Trees;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // ML.NET's own names no token, and a parallel loop takes it for a failure.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ArgumentNullException e) when (e.ParamName == "items")
        {
            // LightGBM found no split at all and the start is 0, as with as many rows of each outcome: its one leaf of 0 ML.NET keeps as a
            // tree without thresholds, which it then cannot show.
            return [];
        }
    }

    private static TreeModel Described(TreeModel model, TrainingTable table, TrainingParameters parameters) => new()
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = [.. Enumerable.Range(0, table.FeatureCount).Select(f => Info(table.Columns[f], table.IsCategorical(f)))],
        MonotoneConstraints = parameters.MonotoneConstraints,
        Trees = model.Trees.IsEmpty ? [new Tree()] : model.Trees,
        Parameters = string.Join('\n', Taken(parameters).Select(pair => $"[{pair.Key}: {pair.Value}]")),
    };

    // As LightGBM's feature_infos: what stood in the column, or none where nothing differs.
    private static string Info(double[] column, bool categorical)
    {
        var given = column.Where(value => !double.IsNaN(value) && (!categorical || value >= 0)).ToList();
        if (given.Count == 0 || given.Min() == given.Max())
        {
            return "none";
        }

        return categorical
            ? string.Join(':', given.Select(value => (int)value).Distinct().Order())
            : string.Create(CultureInfo.InvariantCulture, $"[{given.Min():R}:{given.Max():R}]");
    }

    private static void CheckTables(TrainingTable table, TrainingParameters parameters, InputSchema schema, TrainingTable? validation)
    {
        foreach (var rows in validation is null ? [table] : new[] { table, validation })
        {
            CheckColumns(rows, schema);
        }

        if (validation is null && parameters.EarlyStoppingRound > 0)
        {
            throw Refusal("early_stopping_round", $"{parameters.EarlyStoppingRound}", "0 without a validation table");
        }

        if (parameters.MonotoneConstraints.IsEmpty)
        {
            return;
        }

        if (parameters.MonotoneConstraints.Length != table.FeatureCount)
        {
            throw Refusal(
                "monotone_constraints", $"{parameters.MonotoneConstraints.Length} directions",
                $"one direction for each of the {table.FeatureCount} features, or none");
        }

        if (Enumerable.Range(0, table.FeatureCount).Any(f => parameters.MonotoneConstraints[f] != 0 && table.IsCategorical(f)))
        {
            throw Refusal("monotone_constraints", "a direction of a category", "0 there: categories have no direction");
        }
    }

    private static void CheckColumns(TrainingTable table, InputSchema schema)
    {
        if (table.FeatureCount != schema.Columns.Length)
        {
            throw new ArgumentException(
                $"The table has {table.FeatureCount} columns and the schema {schema.Columns.Length}; they must be the same.",
                nameof(table));
        }

        for (var f = 0; f < table.FeatureCount; f++)
        {
            if (table.IsCategorical(f) != (schema.Columns[f].Kind == ColumnKind.Category))
            {
                throw new ArgumentException(
                    $"Column {schema.Columns[f].Name} is categorical in one of table and schema alone; it must be so in both or none.",
                    nameof(table));
            }
        }
    }

    private static ArgumentException Refusal(string name, string value, string allowed) =>
        new($"Parameter {name} is {value}; it must be {allowed}.", name);
}
