using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Training.Trees;

[Slow]
public sealed class FitVerbTests : IDisposable
{
    private readonly TreesFolder _folder = new();

    [Fact]
    public async Task Fit_writes_the_model_the_trainer_makes_of_the_same_columns()
    {
        var (names, columns, labels) = _folder.WriteData("train.csv", 800, seed: 1);
        var parameters = TrainingParameters.Parse([KeyValuePair.Create("num_leaves", "5"), KeyValuePair.Create("num_iterations", "12")]);
        var expected = Trainer.Train(new TrainingTable(names, columns, labels, null, [2]), parameters).Model;

        var run = await _folder.FitAsync("--param", "num_leaves=5", "--param", "num_iterations=12");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(expected.ToText(), File.ReadAllText(_folder["model.txt"]));
        Assert.Contains("12 trees over 3 features", run.Output);
    }

    [Fact]
    public async Task A_validation_file_stops_early_and_is_reported()
    {
        _folder.WriteData("train.csv", 600, seed: 3);
        _folder.WriteData("valid.csv", 300, seed: 4);

        var run = await _folder.FitAsync(
            "--valid", _folder["valid.csv"], "--param", "num_iterations=500", "--param", "early_stopping_round=5", "--param", "metric=auc");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"Validation, iteration \d+: AUC 0\.\d{6}\n", run.Output);
        Assert.InRange(TreeModel.Parse(File.ReadAllText(_folder["model.txt"])).IterationCount, 1, 400);
    }

    [Fact]
    public async Task A_column_of_text_trains_the_same_trees_as_its_codes_and_keeps_its_levels()
    {
        _folder.WriteData("train.csv", 600, seed: 7);
        var levels = new[] { "a \"b\"", "d", "kö", "m", "x", "zz" };
        File.WriteAllLines(_folder["text.csv"], _folder.WithLevels(levels));
        await _folder.FitAsync("--param", "num_iterations=8");

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
        await _folder.PredictAsync("model.txt", "train.csv", "codes.out");
        await _folder.PredictAsync("text.txt", "text.csv", "text.out");
        await _folder.PredictAsync("text.txt", "train.csv", "text-by-codes.out");
        Assert.Equal(File.ReadAllText(_folder["codes.out"]), File.ReadAllText(_folder["text.out"]));
        Assert.Equal(File.ReadAllText(_folder["codes.out"]), File.ReadAllText(_folder["text-by-codes.out"]));
    }

    public void Dispose() => _folder.Dispose();
}
