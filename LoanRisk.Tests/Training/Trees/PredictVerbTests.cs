using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Training.Trees;

[Slow]
public sealed class PredictVerbTests : IDisposable
{
    private readonly TreesFolder _folder = new();

    [Fact]
    public async Task Predictions_are_the_models_own_to_the_last_bit_whatever_the_order_of_columns()
    {
        var (names, columns, _) = _folder.WriteData("train.csv", 400, seed: 2);
        await _folder.FitAsync("--param", "num_iterations=8");
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
        _folder.WriteData("train.csv", 300, seed: 5);
        await _folder.FitAsync("--param", "num_iterations=6");
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
    public async Task A_level_the_model_does_not_know_is_missing_and_counted()
    {
        _folder.WriteData("train.csv", 400, seed: 8);
        File.WriteAllLines(_folder["train.csv"], [.. _folder.WithLevels(["a", "b", "c", "d", "e", "f"])]);
        await _folder.FitAsync("--param", "num_iterations=6");
        File.WriteAllText(_folder["new.csv"], "x,z w,c\n0.5,0.5,unheard\n0.5,0.5,NA\n0.5,0.5,b\n");

        var run = await _folder.PredictAsync("model.txt", "new.csv", "out.csv");

        var output = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal(output[2], output[1]);
        Assert.NotEqual(output[2], output[3]);
        Assert.Contains("does not know the level: 1 value", run.Output);
    }

    [Fact]
    public async Task A_model_is_not_overwritten_by_its_predictions()
    {
        _folder.WriteData("train.csv", 200, seed: 9);
        await _folder.FitAsync("--param", "num_iterations=2");
        var before = File.ReadAllText(_folder["model.txt"]);

        var run = await _folder.PredictAsync("model.txt", "train.csv", "model.txt");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, File.ReadAllText(_folder["model.txt"]));
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
}
