using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using LoanRisk.MLNet.Scoring;
using LoanRisk.MLNet.Writing;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.Tests.MLNet.Writing;

/// <summary>Columns of each kind, small trees over them, and what ML.NET makes of both.</summary>
internal static class ZipTrees
{
    public static readonly InputColumn Number = new("income", ColumnKind.Number);
    public static readonly InputColumn Rank = new("grade", ColumnKind.Rank) { Levels = ["A", "B", "C", "D"] };
    public static readonly InputColumn Category = new("purpose", ColumnKind.Category) { Levels = ["car", "house", "other"] };

    public static readonly DecisionType NumberNone = DecisionType.Of(false, false, MissingType.None);
    public static readonly DecisionType NumberZeroLeft = DecisionType.Of(false, true, MissingType.Zero);
    public static readonly DecisionType NumberZeroRight = DecisionType.Of(false, false, MissingType.Zero);
    public static readonly DecisionType NumberLeft = DecisionType.Of(false, true, MissingType.NaN);
    public static readonly DecisionType NumberRight = DecisionType.Of(false, false, MissingType.NaN);
    public static readonly DecisionType Set = DecisionType.Of(true, false, MissingType.NaN);

    public static void AssertSame(TreeModel model, params InputColumn[] columns)
    {
        var schema = new InputSchema(columns);
        var rows = Rows(columns, model).ToArray();
        var zip = ZipWriter.Write(model, schema, ZipProbability.Own);
        float[] scores = [.. Scored(zip, rows, columns).GetColumn<float>("Score")];
        Assert.Equal(rows.Select(row => (float)model.PredictRaw(row)), scores);
        using var embedded = EmbeddedModel.Load(zip, schema, model);
        Assert.All(rows.Take(20).Zip(scores), pair => Assert.Equal(pair.Second, embedded.RawScore(pair.First)));
    }

    public static IDataView Scored(byte[] zip, double[][] rows, params InputColumn[] columns) =>
        ZipCase.Load(zip).Transform(new RowsView(new InputSchema(columns), [.. columns.Select(_ => FloatColumn.Free)], rows));

    public static string Refused(TreeModel model, params InputColumn[] columns) =>
        Assert.Throws<NotExpressibleException>(() => ZipWriter.Write(model, new InputSchema(columns), ZipProbability.Own)).Message;

    // All values that splits part, in turn, in rows that shift the columns against each other.
    public static IEnumerable<double[]> Rows(InputColumn[] columns, TreeModel model)
    {
        var values = columns.Select((column, place) => Values(column, model, place).Distinct().ToArray()).ToArray();
        var count = 7 * values.Max(list => list.Length);
        return Enumerable.Range(0, count).Select(i => values.Select((list, place) => list[(i * (place + 1)) % list.Length]).ToArray());
    }

    public static IEnumerable<double> Values(InputColumn column, TreeModel model, int place)
    {
        var levels = Enumerable.Range(0, column.Levels.Length).Select(level => (double)level);
        return column.Kind switch
        {
            ColumnKind.Rank => [.. levels, double.NaN],
            ColumnKind.Category =>
                [
                    .. levels,
                    .. column.MayBeUnseen ? [column.Levels.Length] : Array.Empty<double>(),
                    .. column.MayBeMissing ? [double.NaN] : Array.Empty<double>(),
                ],
            _ => ZipCase.Of(model).FloatRows(150).Select(row => Math.Min(row[place], column.Largest)),
        };
    }

    public static TreeModel Of(InputColumn[] columns, params Tree[] trees) => new()
    {
        Objective = "binary sigmoid:1",
        FeatureNames = [.. columns.Select(column => column.Name)],
        FeatureInfos = [.. columns.Select(_ => "none")],
        Trees = [.. trees],
    };

    public static Tree Stump(double threshold, DecisionType decision, int feature = 0) => new()
    {
        SplitFeature = [feature], Threshold = [threshold], DecisionType = [decision], LeftChild = [~0], RightChild = [~1],
        LeafValue = [-0.5, 0.75],
    };

    public static Tree Chain((double Threshold, DecisionType Decision) first, (double Threshold, DecisionType Decision) second) => new()
    {
        SplitFeature = [0, 0], Threshold = [first.Threshold, second.Threshold], DecisionType = [first.Decision, second.Decision],
        LeftChild = [1, ~0], RightChild = [~1, ~2],
        LeafValue = [0.1, 0.2, 0.3],
    };

    public static Tree Lookup(uint set, int feature = 0) =>
        Stump(0, Set, feature) with { CategoryBoundaries = [0, 1], CategoryBits = [set] };

    // RandomModel's trees, with splits that fit the columns now and then only.
    public static TreeModel RandomTrees(Random random, InputColumn[] columns) =>
        Of(columns, [.. RandomModel.Of(random, 3, 6, columns.Length).Trees.Select(tree => Fitted(tree, columns, random))]);

    public static Tree Fitted(Tree tree, InputColumn[] columns, Random random)
    {
        var isSet = tree.SplitFeature.Select(feature => columns[feature].Kind == ColumnKind.Category && random.Next(3) > 0).ToArray();
        var sets = 0;
        return tree with
        {
            DecisionType =
            [
                .. isSet.Select(set => DecisionType.Of(set, random.Next(2) == 0, random.Next(2) == 0 ? MissingType.None : MissingType.NaN)),
            ],
            Threshold =
            [
                .. isSet.Select((set, node) => set ? sets++
                    : columns[tree.SplitFeature[node]].Kind == ColumnKind.Number ? (random.NextDouble() - 0.5) * 20
                    : random.Next(3)),
            ],
            CategoryBoundaries = sets == 0 ? [] : [.. Enumerable.Range(0, sets + 1)],
            CategoryBits = [.. Enumerable.Range(0, sets).Select(_ => (uint)random.Next(random.Next(6) == 0 ? 16 : 8))],
        };
    }
}
