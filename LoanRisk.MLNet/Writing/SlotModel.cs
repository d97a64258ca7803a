using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>A model over ML.NET's feature vector, and how numbers become the floats that ML.NET reads.</summary>
internal sealed class SlotModel
{
    private SlotModel(ImmutableArray<Tree> trees, ImmutableArray<FloatColumn> numbers) => (Trees, Numbers) = (trees, numbers);

    /// <summary>The trees, at least one, for ML.NET reads no model without.</summary>
    public ImmutableArray<Tree> Trees { get; }

    /// <summary>One a column of the input.</summary>
    public ImmutableArray<FloatColumn> Numbers { get; }

    /// <summary>Takes a model over.</summary>
    /// <exception cref="NotExpressibleException">ML.NET cannot score it to the same float.</exception>
    /// <exception cref="ArgumentException">The columns are not the model's features.</exception>
    public static SlotModel Of(TreeModel model, InputSchema schema)
    {
        if (!model.FeatureNames.SequenceEqual(schema.Columns.Select(column => column.Name)))
        {
            throw new ArgumentException("The columns must be the model's features, in their order.", nameof(schema));
        }

        CheckOutput(model);
        var trees = model.Trees.Select((tree, i) => SlotTree.Of(tree, i, schema)).ToImmutableArray();
        return new SlotModel(
            trees.IsEmpty ? [SlotTree.OfOneLeaf(0)] : trees,
            [.. schema.Columns.Select((column, place) => Floats(model, column, place))]);
    }

    private static void CheckOutput(TreeModel model)
    {
        if (model.TreesPerIteration != 1)
        {
            throw new NotExpressibleException(
                $"The model has {model.TreesPerIteration} outputs; ML.NET's binary model has one score.");
        }

        if (model.AverageOutput)
        {
            throw new NotExpressibleException("The model is a random forest (average_output); ML.NET's LightGBM model adds its trees up.");
        }
    }

    private static FloatColumn Floats(TreeModel model, InputColumn column, int place)
    {
        if (column.Kind != ColumnKind.Number)
        {
            return FloatColumn.Free;
        }

        var thresholds = model.Trees
            .SelectMany(tree => tree.Threshold.Where((_, node) => tree.SplitFeature[node] == place))
            .Select(FloatThreshold.OutsideZeros)
            .Distinct()
            .Order()
            .ToArray();
        CheckGaps(column, thresholds);
        return new FloatColumn(thresholds);
    }

    private static void CheckGaps(InputColumn column, double[] thresholds)
    {
        for (var i = 1; i < thresholds.Length; i++)
        {
            if (FloatColumn.Floor(thresholds[i - 1]) == FloatColumn.Floor(thresholds[i]))
            {
                throw new NotExpressibleException(
                    $"Feature {column.Name}: the thresholds {thresholds[i - 1]:R} and {thresholds[i]:R} are one in single precision, "
                        + "which ML.NET reads.");
            }
        }
    }
}
