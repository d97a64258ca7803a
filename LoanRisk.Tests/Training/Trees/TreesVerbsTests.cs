using LoanRisk.Lending.Evaluation;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Training.Trees;

[Slow]
public sealed class TreesVerbsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Fit_writes_the_model_the_trainer_makes_of_the_same_columns()
    {
        var (names, columns, labels) = WriteData("train.csv", 800, seed: 1);
        var parameters = TrainingParameters.Parse([KeyValuePair.Create("num_leaves", "5"), KeyValuePair.Create("num_iterations", "12")]);
        var expected = Trainer.Train(new TrainingTable(names, columns, labels, null, [2]), parameters).Model;

        var run = await FitAsync("--param", "num_leaves=5", "--param", "num_iterations=12");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(expected.ToText(), File.ReadAllText(_folder["model.txt"]));
        Assert.Contains("12 trees over 3 features", run.Output);
    }

    [Fact]
    public async Task Predictions_are_the_models_own_to_the_last_bit_whatever_the_order_of_columns()
    {
        var (names, columns, _) = WriteData("train.csv", 400, seed: 2);
        await FitAsync("--param", "num_iterations=8");
        var model = TreeModel.Parse(File.ReadAllText(_folder["model.txt"]));
        var lines = File.ReadAllLines(_folder["train.csv"]).Select(l => string.Join('\t', l.Split(',').Reverse().Append("more")));
        File.WriteAllLines(_folder["turned.csv"], lines);

        foreach (var kind in (string[])["probability", "raw", "contrib", "leaf"])
        {
            var run = await TestConsole.RunAsync(
                "trees",
                "predict",
                "--model",
                _folder["model.txt"],
                "--data",
                _folder["turned.csv"],
                "--kind",
                kind,
                "--out",
                _folder["out.csv"]);
            Assert.True(run.ExitCode == 0, run.Error);
            var output = File.ReadAllLines(_folder["out.csv"]);
            Assert.Equal(401, output.Length);
            Assert.Equal(Header(kind, names, model), output[0]);
            for (var row = 0; row < 400; row++)
            {
                Assert.Equal(Expected(kind, model, [.. columns.Select(c => c[row])]), output[row + 1].Split(',').Select(double.Parse));
            }
        }
    }

    [Fact]
    public async Task A_validation_file_stops_early_and_is_reported()
    {
        WriteData("train.csv", 600, seed: 3);
        WriteData("valid.csv", 300, seed: 4);

        var run = await FitAsync(
            "--valid", _folder["valid.csv"], "--param", "num_iterations=500", "--param", "early_stopping_round=5", "--param", "metric=auc");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"Validation, iteration \d+: AUC 0\.\d{6}\n", run.Output);
        Assert.InRange(TreeModel.Parse(File.ReadAllText(_folder["model.txt"])).IterationCount, 1, 400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("na")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData(" ")]
    [InlineData("\"\"")]
    public async Task Every_spelling_of_missing_is_missing(string missing)
    {
        WriteData("train.csv", 300, seed: 5);
        await FitAsync("--param", "num_iterations=6");
        var model = TreeModel.Parse(File.ReadAllText(_folder["model.txt"]));
        File.WriteAllText(_folder["one.csv"], $"x,z w,c\n{missing},0.25,1\n");

        await TestConsole.RunAsync(
            "trees",
            "predict",
            "--model",
            _folder["model.txt"],
            "--data",
            _folder["one.csv"],
            "--kind",
            "raw",
            "--out",
            _folder["out.csv"]);

        Assert.Equal(model.PredictRaw([double.NaN, 0.25, 1]), double.Parse(File.ReadAllLines(_folder["out.csv"])[1]));
    }

    [Theory]
    [InlineData("bin_nan")]
    [InlineData("bin_cat")]
    [InlineData("bin_names")]
    [InlineData("bin_pandas")]
    [InlineData("multiclass")]
    public async Task Models_of_lightgbm_answer_as_lightgbm_does(string golden)
    {
        foreach (var (kind, file) in new[] { ("probability", "prob"), ("raw", "raw"), ("contrib", "contrib"), ("leaf", "leaf") })
        {
            var expected = File.ReadAllLines(SharedFolder.Require("golden", golden, $"expected_{file}.csv"));
            var run = await TestConsole.RunAsync(
                "trees",
                "predict",
                "--model",
                SharedFolder.Require("golden", golden, "model.txt"),
                "--data",
                SharedFolder.Require("golden", golden, "input.csv"),
                "--kind",
                kind,
                "--out",
                _folder["out.csv"]);
            Assert.True(run.ExitCode == 0, run.Error);
            var numbers = Numbers(File.ReadAllLines(_folder["out.csv"]).Skip(1));
            var lightGbms = Numbers(expected.Skip(1));
            Assert.Equal(lightGbms.Length, numbers.Length);
            Assert.All(numbers.Zip(lightGbms), n => Assert.Equal(n.Second, n.First, 1e-9 * Math.Max(1, Math.Abs(n.Second))));
        }
    }

    [Fact]
    public async Task Levels_as_text_are_the_codes_that_lightgbms_python_package_gave_them()
    {
        var expected = Numbers(
            File.ReadAllLines(SharedFolder.Require("golden", "bin_pandas", "expected_raw.csv")).Where(l => char.IsDigit(l[^1])));

        var run = await TestConsole.RunAsync(
            "trees",
            "predict",
            "--model",
            SharedFolder.Require("golden", "bin_pandas", "model.txt"),
            "--data",
            SharedFolder.Require("golden", "bin_pandas", "input_strings.csv"),
            "--kind",
            "raw",
            "--out",
            _folder["out.csv"]);

        Assert.True(run.ExitCode == 0, run.Error);
        var numbers = Numbers(File.ReadAllLines(_folder["out.csv"]).Skip(1));
        Assert.Equal(expected.Length, numbers.Length);
        Assert.All(numbers.Zip(expected), n => Assert.Equal(n.Second, n.First, 1e-12 * Math.Max(1e-3, Math.Abs(n.Second))));
    }

    [Fact]
    public async Task A_column_of_text_trains_the_same_trees_as_its_codes_and_keeps_its_levels()
    {
        WriteData("train.csv", 600, seed: 7);
        var levels = new[] { "a \"b\"", "d", "kö", "m", "x", "zz" };
        File.WriteAllLines(_folder["text.csv"], WithLevels(levels));
        await FitAsync("--param", "num_iterations=8");

        var run = await TestConsole.RunAsync(
            "trees",
            "fit",
            "--data",
            _folder["text.csv"],
            "--label", "y", "--categorical", "c", "--param", "num_iterations=8", "--model",
            _folder["text.txt"]);

        Assert.True(run.ExitCode == 0, run.Error);
        var (codes, text) = (
            TreeModel.Parse(File.ReadAllText(_folder["model.txt"])), TreeModel.Parse(File.ReadAllText(_folder["text.txt"])));
        Assert.Equal("""[["a \"b\"", "d", "kö", "m", "x", "zz"]]""", text.PandasCategorical);
        Assert.Null(codes.PandasCategorical);
        await PredictAsync("model.txt", "train.csv", "codes.out");
        await PredictAsync("text.txt", "text.csv", "text.out");
        await PredictAsync("text.txt", "train.csv", "text-by-codes.out");
        Assert.Equal(File.ReadAllText(_folder["codes.out"]), File.ReadAllText(_folder["text.out"]));
        Assert.Equal(File.ReadAllText(_folder["codes.out"]), File.ReadAllText(_folder["text-by-codes.out"]));
    }

    [Fact]
    public async Task A_level_the_model_does_not_know_is_missing_and_counted()
    {
        WriteData("train.csv", 400, seed: 8);
        File.WriteAllLines(_folder["train.csv"], [.. WithLevels(["a", "b", "c", "d", "e", "f"])]);
        await FitAsync("--param", "num_iterations=6");
        File.WriteAllText(_folder["new.csv"], "x,z w,c\n0.5,0.5,unheard\n0.5,0.5,NA\n0.5,0.5,b\n");

        var run = await PredictAsync("model.txt", "new.csv", "out.csv");

        var output = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal(output[2], output[1]);
        Assert.NotEqual(output[2], output[3]);
        Assert.Contains("does not know the level: 1 value", run.Output);
    }

    [Fact]
    public async Task A_model_is_not_overwritten_by_its_predictions()
    {
        WriteData("train.csv", 200, seed: 9);
        await FitAsync("--param", "num_iterations=2");
        var before = File.ReadAllText(_folder["model.txt"]);

        var run = await PredictAsync("model.txt", "train.csv", "model.txt");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, File.ReadAllText(_folder["model.txt"]));
    }

    [Theory]
    [InlineData(1, "there is no column \"w\"", "trees", "fit", "--data", "DATA", "--label", "w", "--model", "OUT")]
    [InlineData(1, "there is no column \"q\"", "trees", "fit", "--data", "DATA", "--label", "y", "--categorical", "q", "--model", "OUT")]
    [InlineData(
        2, "cannot be a categorical feature", "trees", "fit", "--data", "DATA", "--label", "y", "--categorical", "y", "--model", "OUT")]
    [InlineData(2, "num_leafs", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "num_leafs=4", "--model", "OUT")]
    [InlineData(
        2, "early_stopping_round", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "early_stopping_round=4", "--model", "OUT")]
    [InlineData(1, "line 3: x must be a number, or empty, NA or nan where it is missing; "
        + "it was \"many\".", "trees", "fit", "--data", "TEXT", "--label", "y", "--model", "OUT")]
    [InlineData(1, "name it with --categorical", "trees", "fit", "--data", "TEXT", "--label", "y", "--model", "OUT")]
    [InlineData(2, "from 2 to 131072.\n", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "num_leaves=-2", "--model", "OUT")]
    [InlineData(
        1, "line 3: the label y must be 0 or 1; it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--model", "OUT")]
    [InlineData(1, "line 3: the label y must be a number from 0 to 1 for objective cross_entropy; "
        + "it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=cross_entropy", "--model", "OUT")]
    [InlineData(1, "line 3: the label y must be a whole number from 0 to 4, for num_class is 5; "
        + "it was \"7\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=multiclass", "--param", "num_class=5",
        "--model", "OUT")]
    [InlineData(1, "line 2: the label z must be a number from 0 to 3.4e38 for objective poisson; "
        + "it was \"-1\".", "trees", "fit", "--data", "LABEL", "--label", "z", "--param", "objective=poisson", "--model", "OUT")]
    [InlineData(1, "line 3: the label z must be a number from -3.4e38 to 3.4e38 for objective regression; "
        + "it was \"1e39\".", "trees", "fit", "--data", "LABEL", "--label", "z", "--param", "objective=regression", "--model", "OUT")]
    [InlineData(1, "line 2: the weight z must be a number from 0 to 3.4e38; "
        + "it was \"-1\".", "trees", "fit", "--data", "LABEL", "--label", "y", "--param", "objective=regression", "--weight", "z",
        "--model", "OUT")]
    [InlineData(1, "there is no column \"w\"", "trees", "fit", "--data", "DATA", "--label", "y", "--weight", "w", "--model", "OUT")]
    [InlineData(
        2, "The weight y cannot be the label too.", "trees", "fit", "--data", "DATA", "--label", "y", "--weight", "y", "--model", "OUT")]
    [InlineData(2, "num_class is 1; it must be at least 2 for "
        + "objective multiclass", "trees", "fit", "--data", "DATA", "--label", "y", "--param", "objective=multiclass", "--model", "OUT")]
    [InlineData(
        2, "early_stopping_round is 4; it must be 0 for boosting dart", "trees", "fit", "--data", "DATA", "--label", "y", "--param",
        "boosting=dart", "--param", "early_stopping_round=4", "--model", "OUT")]
    [InlineData(2, "would overwrite", "trees", "fit", "--data", "DATA", "--label", "y", "--model", "DATA")]
    [InlineData(1, "Model text, line", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT")]
    [InlineData(2, "There is no file", "trees", "predict", "--model", "none.txt", "--data", "DATA", "--out", "OUT")]
    [InlineData(2, "--kind", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT", "--kind", "shape")]
    [InlineData(
        2, "probability, raw, contrib, leaf", "trees", "predict", "--model", "DATA", "--data", "DATA", "--out", "OUT", "--kind", "2")]
    [InlineData(2, "guess", "trees", "guess")]
    public async Task Wrong_calls_and_unusable_files_end_in_a_sentence(int exitCode, string sentence, params string[] arguments)
    {
        WriteData("train.csv", 100, seed: 6);
        File.WriteAllText(_folder["text.csv"], "x,y\n1,0\nmany,1\n");
        File.WriteAllText(_folder["label.csv"], "x,y,z\n1,0,-1\n2,7,1e39\n");
        var files = new Dictionary<string, string>
        {
            ["DATA"] = _folder["train.csv"], ["TEXT"] = _folder["text.csv"], ["LABEL"] = _folder["label.csv"], ["OUT"] = _folder["out"],
        };

        var run = await TestConsole.RunAsync([.. arguments.Select(a => files.GetValueOrDefault(a, a))]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.False(File.Exists(_folder["out"]));
    }

    public void Dispose() => _folder.Dispose();

    private static double[] Numbers(IEnumerable<string> lines) => [.. lines.SelectMany(l => l.Split(',')).Select(double.Parse)];

    private static string Header(string kind, string[] names, TreeModel model) => kind switch
    {
        "contrib" => string.Join(',', names.Select(n => n.Replace(' ', '_')).Append("base_value")),
        "leaf" => string.Join(',', Enumerable.Range(0, model.Trees.Length).Select(t => $"tree_{t}")),
        _ => kind,
    };

    private static double[] Expected(string kind, TreeModel model, double[] row)
    {
        var contributions = new double[model.FeatureCount + 1];
        var leaves = new int[model.Trees.Length];
        model.Contributions(row, contributions);
        model.PredictLeaves(row, leaves);
        return kind switch
        {
            "contrib" => contributions,
            "leaf" => [.. leaves],
            "raw" => [model.PredictRaw(row)],
            _ => [model.Predict(row)],
        };
    }

    private Task<TestConsole> FitAsync(params string[] more) =>
        TestConsole.RunAsync([
            "trees",
            "fit",
            "--data",
            _folder["train.csv"],
            "--label", "y", "--categorical", "c", "--model",
            _folder["model.txt"],
            .. more,
        ]);

    private Task<TestConsole> PredictAsync(string model, string data, string output) =>
        TestConsole.RunAsync(
            "trees", "predict", "--model", _folder[model], "--data", _folder[data], "--kind", "raw", "--out", _folder[output]);

    // train.csv with its categorical column, the third, in words.
    private IEnumerable<string> WithLevels(string[] levels)
    {
        foreach (var line in File.ReadAllLines(_folder["train.csv"]))
        {
            var fields = line.Split(',');
            fields[2] = int.TryParse(fields[2], out var code) ? $"\"{levels[code].Replace("\"", "\"\"")}\"" : fields[2];
            yield return string.Join(',', fields);
        }
    }

    private (string[] Names, double[][] Columns, float[] Labels) WriteData(string file, int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var (x, z, c, y) = (new double[rows], new double[rows], new double[rows], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            (x[i], z[i], c[i]) = (random.NextBelow(9) == 0 ? double.NaN : random.NextDouble(), random.NextDouble(), random.NextBelow(6));
            y[i] = random.NextDouble() < (double.IsNaN(x[i]) ? 0.7 : (0.2 * x[i]) + (c[i] is 1 or 4 ? 0.5 : 0.1)) ? 1 : 0;
        }

        File.WriteAllLines(
            _folder[file],
            Enumerable.Range(0, rows)
                .Select(i => $"{(double.IsNaN(x[i]) ? "NA" : x[i].ToString("R"))},{z[i]:R},{c[i]},{y[i]}")
                .Prepend("x,z w,c,y"));
        return (["x", "z w", "c"], [x, z, c], y);
    }
}
