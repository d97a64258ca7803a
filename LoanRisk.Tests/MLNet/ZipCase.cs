using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Writing;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet;

/// <summary>A LightGBM model with input columns as its splits need them, and rows that try to part the engine from ML.NET.</summary>
internal sealed class ZipCase
{
    private static readonly float[] OddFloats =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, float.Epsilon, -float.Epsilon, 1e-35f, -1e-35f, 1.1e-35f,
        float.MaxValue, float.MinValue,
        16_777_214, 16_777_215, 16_777_216, 16_777_218, -16_777_216, 1e30f, -1e30f, 0.5f, -1,
    ];

    private readonly float[][] _beside;
    private readonly double[][] _thresholds;

    private ZipCase(TreeModel trees, InputSchema schema)
    {
        (Trees, Schema) = (trees, schema);
        _beside = [.. schema.Columns.Select((_, place) => Beside(trees, place))];
        _thresholds = [.. schema.Columns.Select((_, place) => Thresholds(trees, place).ToArray())];
    }

    public TreeModel Trees { get; }

    public InputSchema Schema { get; }

    /// <summary>A golden case: LightGBM's model in a folder.</summary>
    public static ZipCase Of(string folder) => Of(new GoldenCase(folder).Load());

    /// <summary>
    /// A model whose columns are categories where it looks categories up, and numbers otherwise: bounded where a split parts missing from
    /// all numbers, else of any size.
    /// </summary>
    public static ZipCase Of(TreeModel trees) => new(
        trees, new InputSchema(trees.FeatureNames.Select((name, place) => Levels(trees, place) is > 0 and var levels
            ? new InputColumn(name, ColumnKind.Category) { Levels = [.. Enumerable.Range(0, levels).Select(code => $"level {code}")] }
            : new InputColumn(name, ColumnKind.Number)
            {
                Largest = Thresholds(trees, place).Contains(double.PositiveInfinity) ? 16_777_215 : double.PositiveInfinity,
            })));

    /// <summary>Rows of floats: beside every threshold, odd ones, seen and unseen categories.</summary>
    public double[][] FloatRows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(
                _ => Schema.Columns.Select((column, place) => Value(column, _beside[place], random)).ToArray()),
        ];
    }

    /// <summary>Rows of doubles: beside every threshold by the smallest steps of a double, and between two floats.</summary>
    public double[][] DoubleRows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. FloatRows(count, seed).Select(row => row.Select((value, place) => Nudged(value, place, random)).ToArray())];
    }

    /// <summary>ML.NET's Score and Probability of rows.</summary>
    public (float[] Scores, float[] Probabilities) Scored(ITransformer model, double[][] rows)
    {
        var scored = model.Transform(new RowsView(Schema, [.. Schema.Columns.Select(_ => FloatColumn.Free)], rows));
        return ([.. scored.GetColumn<float>("Score")], [.. scored.GetColumn<float>("Probability")]);
    }

    public byte[] Zip(ZipProbability? probability = null) => ZipWriter.Write(Trees, Schema, probability ?? ZipProbability.Own);

    public static ITransformer Load(byte[] zip) => new MLContext().Model.Load(new MemoryStream(zip), out _);

    private static int Levels(TreeModel trees, int place) => trees.Trees
        .SelectMany(tree => Enumerable.Range(0, tree.NodeCount)
            .Where(node => tree.SplitFeature[node] == place && tree.DecisionType[node].IsCategorical)
            .Select(node => (int)tree.Threshold[node])
            .Select(set => 32 * (tree.CategoryBoundaries[set + 1] - tree.CategoryBoundaries[set])))
        .DefaultIfEmpty()
        .Max();

    private static IEnumerable<double> Thresholds(TreeModel trees, int place) =>
        trees.Trees.SelectMany(tree => tree.Threshold.Where((_, node) => tree.SplitFeature[node] == place)).Distinct();

    private static float[] Beside(TreeModel trees, int place) =>
    [
        .. Thresholds(trees, place).Select(threshold => (float)threshold)
            .SelectMany(near => new[] { float.BitDecrement(near), near, float.BitIncrement(near) }),
    ];

    private static double Value(InputColumn column, float[] beside, Random random)
    {
        if (column.Kind == ColumnKind.Category)
        {
            return random.Next(8) == 0 ? double.NaN : random.Next(column.Levels.Length + 1);
        }

        var value = random.Next(4) switch
        {
            0 => OddFloats[random.Next(OddFloats.Length)],
            1 => (float)((random.NextDouble() - 0.5) * 10),
            _ => beside.Length == 0 ? random.Next(-2, 3) : beside[random.Next(beside.Length)],
        };
        return value > column.Largest ? column.Largest : value;
    }

    private double Nudged(double value, int place, Random random)
    {
        if (Schema.Columns[place].Kind == ColumnKind.Category)
        {
            return value;
        }

        var thresholds = _thresholds[place];
        var nudged = random.Next(4) switch
        {
            0 => value,
            1 when thresholds.Length > 0 => Math.BitIncrement(thresholds[random.Next(thresholds.Length)]),
            2 when thresholds.Length > 0 => Math.BitDecrement(thresholds[random.Next(thresholds.Length)]),
            _ => value * (1 + ((random.NextDouble() - 0.5) * 1e-8)),
        };
        return nudged > Schema.Columns[place].Largest ? Schema.Columns[place].Largest : nudged;
    }
}
