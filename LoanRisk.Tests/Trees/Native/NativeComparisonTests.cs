using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Native;

/// <summary>
/// LightGBM itself against the engine, on models it trains here and now with every combination of rules.
/// </summary>
[Slow]
public sealed class NativeComparisonTests
{
    private const int Columns = 6;
    private const int Seed = 77;

    private static IEnumerable<string> Combinations
    {
        get
        {
            string[] objectives =
            [
                "binary", "binary sigmoid=0.7 is_unbalance=true", "cross_entropy", "cross_entropy_lambda", "regression",
                "regression reg_sqrt=true", "regression_l1", "huber", "fair", "poisson", "quantile", "mape",
                "gamma", "tweedie", "multiclass num_class=3", "multiclassova num_class=3 sigmoid=1.3",
            ];
            string[] ways =
            [
                "num_leaves=15", "num_leaves=31 zero_as_missing=true categorical_feature=4,5",
                "num_leaves=40 use_missing=false categorical_feature=5 max_bin=15",
                "boosting=dart drop_rate=0.4 categorical_feature=4,5 max_cat_to_onehot=2 min_data_per_group=3 cat_smooth=0.1",
                "boosting=rf bagging_freq=1 bagging_fraction=0.5 feature_fraction=0.6",
                "num_leaves=7 monotone_constraints=1,-1,0,0,0,0 boost_from_average=false",
                "num_leaves=200 min_data_in_leaf=1 learning_rate=0.7",
                "num_leaves=31 extra_trees=true path_smooth=2 lambda_l1=1 saved_feature_importance_type=1",
            ];
            return
            [
                .. from objective in objectives
                   from way in ways
                   where !LightGbmRefuses(objective, way)
                   select $"objective={objective} {way}",
            ];
        }
    }

    // Objectives whose leaves are renewed to a percentile know no monotone constraints.
    private static bool LightGbmRefuses(string objective, string way) =>
        way.Contains("monotone", StringComparison.Ordinal) && (objective is "regression_l1" or "quantile" or "mape");

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public void The_engine_agrees_with_LightGBM_on_models_of_every_combination(string version)
    {
        var library = LightGbm.Require(version);
        Assert.All(Combinations, parameters => Agree(library, parameters));
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public void LightGBM_reads_a_model_trained_here_and_agrees(string version)
    {
        var library = LightGbm.Require(version);
        var random = new Random(Seed);
        var rows = Rows(random, 3_000);
        var columns = Enumerable.Range(0, Columns).Select(column => rows.Where((_, i) => i % Columns == column).ToArray()).ToArray();
        var table = new TrainingTable(
            ["a", "b c", "ü", "d", "e", "f"], columns, Labels(random, rows, "=binary"), categoricalFeatures: [4, 5]);
        var model = Trainer.Train(table, new TrainingParameters { NumIterations = 20 }).Model;
        Assert.Equal(20, model.Trees.Length);
        using var native = NativeBooster.Load(library, model.ToText());
        SameAnswers(native, model, OddRows(random, 300));
    }

    private static void Agree(LightGbmLibrary library, string parameters)
    {
        var random = new Random(Seed);
        var rows = Rows(random, 1_500);
        var labels = Labels(random, rows, parameters);
        using var native = NativeBooster.Train(library, rows, labels, parameters + " verbosity=-1 num_threads=1 deterministic=true", 12);
        var text = native.Save();
        var model = TreeModel.Parse(text);
        Assert.Equal(text, model.ToText());
        SameAnswers(native, model, OddRows(random, 200));
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public void LightGBM_reads_a_model_built_in_memory_and_agrees(string version)
    {
        var library = LightGbm.Require(version);
        var random = new Random(Seed);
        for (var i = 0; i < 40; i++)
        {
            var model = RandomModel.Of(random, trees: 3, leaves: random.Next(2, 60), Columns);
            using var native = NativeBooster.Load(library, model.ToText());
            Same(native, OddRows(random, 50), NativeKind.Raw, 1, (row, output) => model.PredictRaw(row, output));
        }
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public void LightGBM_reads_the_smallest_texts_we_write(string version)
    {
        var library = LightGbm.Require(version);
        var bare = new TreeModel { Objective = "", FeatureNames = ["a b", "ü"],
            FeatureInfos = ["none", "none"], Trees = [new Tree { LeafValue = [0.5] }, Stump] };
        using var native = NativeBooster.Load(library, bare.ToText());
        var output = new double[1];
        native.Predict([0, 0], 2, NativeKind.Raw, output);
        Assert.Equal(1.5, output[0]);
        Assert.Equal(1.5, bare.PredictRaw([0, 0]));
    }

    private static Tree Stump =>
        new() { LeafValue = [1, 2], SplitFeature = [1], Threshold = [0.5], DecisionType = [default], LeftChild = [-1], RightChild = [-2] };

    private static void SameAnswers(NativeBooster native, TreeModel model, double[] rows)
    {
        Same(native, rows, NativeKind.Raw, model.OutputCount, (row, output) => model.PredictRaw(row, output));
        Same(native, rows, NativeKind.Converted, model.OutputCount, (row, output) => model.Predict(row, output));
        Same(native, rows, NativeKind.Contribution, model.OutputCount * (Columns + 1), (row, output) => model.Contributions(row, output));
        var leaves = new int[model.Trees.Length];
        Same(native, rows, NativeKind.Leaf, leaves.Length, (row, output) =>
        {
            model.PredictLeaves(row, leaves);
            leaves.Select(static leaf => (double)leaf).ToArray().CopyTo(output.AsSpan());
        });
    }

    private static void Same(NativeBooster native, double[] rows, NativeKind kind, int width, Action<double[], double[]> ours)
    {
        var expected = new double[rows.Length / Columns * width];
        Assert.Equal(expected.Length, native.Predict(rows, Columns, kind, expected));
        var actual = new double[width];
        var scale = kind == NativeKind.Contribution ? Math.Max(1, expected.Max(Math.Abs)) : 1;
        foreach (var (row, i) in rows.Chunk(Columns).Select(static (row, i) => (row, i)))
        {
            ours(row, actual);
            for (var j = 0; j < width; j++)
            {
                var value = expected[(i * width) + j];
                var tolerance = kind switch
                {
                    NativeKind.Leaf => 0,
                    NativeKind.Contribution => 1e-9 * scale,
                    _ => Math.Max(1e-15, 1e-12 * Math.Abs(value)),
                };
                Assert.True(value.Equals(actual[j]) || Math.Abs(value - actual[j]) <= tolerance,
                    $"{kind} of row {i}, value {j}: LightGBM {value:R}, we {actual[j]:R}; row {string.Join(' ', row)}");
            }
        }
    }

    // Numbers with gaps, zeros and tiny values; a small and a sparse set of categories.
    private static double[] Rows(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).SelectMany(_ => (double[])
        [
            (random.NextDouble() - 0.5) * 10,
            random.Next(5) == 0 ? double.NaN : random.NextDouble() * 1e5,
            random.Next(3) == 0 ? 0 : random.Next(-3, 4),
            random.Next(9) == 0 ? 1e-36 : Math.Exp(random.NextDouble() * 20),
            random.Next(10) == 0 ? double.NaN : random.Next(5),
            random.Next(12) == 0 ? double.NaN : random.Next(70) * 13,
        ]),
    ];

    private static double[] OddRows(Random random, int count)
    {
        var rows = Rows(random, count);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.Next(3) == 0 ? OddValues.Next(random) : rows[i];
        }

        return rows;
    }

    // Labels in 0..1 for the cross entropies and binary, classes of which one is rare, or amounts above zero.
    private static float[] Labels(Random random, double[] rows, string parameters)
    {
        var signals = rows.Chunk(Columns)
            .Select(row => row.Select(static (value, i) => Math.Sin((double.IsNaN(value) ? 3 : value) * (i + 1)))
            .Sum() + random.NextDouble());
        return parameters switch
        {
            _ when parameters.Contains("=binary", StringComparison.Ordinal) || parameters.Contains(
                "=cross_entropy", StringComparison.Ordinal) => [.. signals.Select(static value => value > 0.5 ? 1f : 0f)],
            _ when parameters.Contains("=multiclass", StringComparison.Ordinal) =>
                [.. signals.Select((value, i) => i % 400 == 0 ? 2f : value > 0.5 ? 1f : 0f)],
            _ => [.. signals.Select(static value => (float)Math.Exp(value / 2))],
        };
    }
}
