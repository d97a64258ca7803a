using LoanRisk.Tests.Loans;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Training.Trees;

/// <summary>What <c>trees fit</c> and <c>trees predict</c> do for objectives other than binary.</summary>
public sealed class FitObjectiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("multiclass", "probability_0,probability_1,probability_2")]
    [InlineData("multiclassova", "probability_0,probability_1,probability_2")]
    public async Task Several_classes_give_a_column_each(string objective, string header)
    {
        Write("train.csv", 300);

        var (fit, predict) = await RunAsync("class", $"objective={objective}", "num_class=3", "num_iterations=6");

        Assert.True(fit.ExitCode == 0 && predict.ExitCode == 0, fit.Error + predict.Error);
        Assert.Contains("18 trees over 2 features", fit.Output);
        var lines = File.ReadAllLines(_folder["out.csv"]);
        Assert.Equal(header, lines[0]);
        Assert.Equal(301, lines.Length);
        foreach (var (line, row) in lines.Skip(1).Select((line, row) => (line, row)))
        {
            var outputs = line.Split(',').Select(double.Parse).ToArray();
            Assert.True(objective != "multiclass" || Math.Abs(outputs.Sum() - 1) < 1e-12);
            Assert.True(Array.IndexOf(outputs, outputs.Max()) == Class(row) || row % 20 == 0, $"row {row}: {line}");
        }
    }

    [Theory]
    [InlineData("amount", "objective=regression", "prediction")]
    [InlineData("amount", "objective=poisson boosting=dart", "prediction")]
    [InlineData("share", "objective=cross_entropy data_sample_strategy=goss learning_rate=0.5", "probability")]
    [InlineData("amount", "objective=regression boosting=rf bagging_fraction=0.7 bagging_freq=1", "prediction")]
    public async Task Numbers_are_learned_as_the_trainer_learns_them(string label, string options, string header)
    {
        Write("train.csv", 300);

        var (fit, predict) = await RunAsync(label, [.. options.Split(' '), "num_iterations=8"]);

        Assert.True(fit.ExitCode == 0 && predict.ExitCode == 0, fit.Error + predict.Error);
        var parameters = TrainingParameters.Parse([
            .. options.Split(' ').Select(o => o.Split('=')).Select(o => KeyValuePair.Create(o[0], o[1])),
            KeyValuePair.Create("num_iterations", "8"),
        ]);
        var labels = Enumerable.Range(0, 300).Select(row => (float)(label == "amount" ? Amount(row) : Share(row))).ToArray();
        var table = new TrainingTable(
            ["x", "z"],
            [[.. Enumerable.Range(0, 300).Select(X)], [.. Enumerable.Range(0, 300).Select(Z)]],
            labels,
            [.. Enumerable.Range(0, 300).Select(row => (float)Weight(row))]);
        Assert.Equal(Trainer.Train(table, parameters).Model.ToText(), File.ReadAllText(_folder["model.txt"]));
        Assert.Equal(header, File.ReadLines(_folder["out.csv"]).First());
    }

    [Theory]
    [InlineData("class", "multi_error", "share of wrong classes")]
    [InlineData("class", "multi_logloss", "log loss")]
    public async Task The_metric_that_was_asked_for_is_reported(string label, string metric, string words)
    {
        Write("train.csv", 300);
        Write("valid.csv", 200);

        var (fit, _) = await RunAsync(
            label,
            ["objective=multiclass", "num_class=3", "num_iterations=8", "early_stopping_round=3", $"metric={metric}"],
            "--valid",
            _folder["valid.csv"]);

        Assert.True(fit.ExitCode == 0, fit.Error);
        Assert.Matches($@"Validation, iteration \d+: {words} \S+\n", fit.Output);
    }

    [Fact]
    public async Task Infinities_are_values_beyond_all_others()
    {
        File.WriteAllLines(
            _folder["train.csv"],
            Enumerable.Range(0, 300)
                .Select(row => $"{(row % 3) switch { 0 => "-inf", 1 => $"{row}", _ => "inf" }},{row % 3}")
                .Prepend("x,class"));

        var fit = await TestConsole.RunAsync(
            "trees",
            "fit",
            "--data",
            _folder["train.csv"],
            "--label", "class", "--param", "objective=multiclass", "--param", "num_class=3", "--model",
            _folder["model.txt"]);

        Assert.True(fit.ExitCode == 0, fit.Error);
        var model = TreeModel.Parse(File.ReadAllText(_folder["model.txt"]));
        foreach (var (value, own) in new[] { (double.NegativeInfinity, 0), (150, 1), (double.PositiveInfinity, 2) })
        {
            var outputs = new double[3];
            model.Predict([value], outputs);
            Assert.True(outputs[own] > 0.9);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static double X(int row) => row % 17 / 4.0;

    private static double Z(int row) => row * 7 % 31;

    private static int Class(int row) => X(row) < 1.5 ? 0 : Z(row) < 15 ? 1 : 2;

    private static double Amount(int row) => (Class(row) * 10) + (row % 4);

    private static double Share(int row) => Math.Round(X(row) / 5, 2);

    private static double Weight(int row) => 0.5 + (row % 3);

    private async Task<(TestConsole Fit, TestConsole Predict)> RunAsync(string label, string[] parameters, params string[] more)
    {
        string[] others = ["class", "amount", "share"];
        var kept = File.ReadLines(_folder["train.csv"])
            .First()
            .Split(',')
            .Select((name, place) => (name, place))
            .Where(c => c.name == label || !others.Contains(c.name))
            .Select(c => c.place)
            .ToArray();
        foreach (var file in Directory.GetFiles(_folder.Path, "*.csv"))
        {
            File.WriteAllLines(
                file, [.. File.ReadAllLines(file).Select(line => string.Join(',', kept.Select(place => line.Split(',')[place])))]);
        }

        var fit = await TestConsole.RunAsync([
            "trees",
            "fit",
            "--data",
            _folder["train.csv"],
            "--label",
            label,
            "--weight",
            "weight",
            "--model",
            _folder["model.txt"],
            .. parameters.SelectMany(p => new[] { "--param", p }),
            .. more,
        ]);
        var predict = await TestConsole.RunAsync(
            "trees", "predict", "--model", _folder["model.txt"], "--data", _folder["train.csv"], "--out", _folder["out.csv"]);
        return (fit, predict);
    }

    private Task<(TestConsole Fit, TestConsole Predict)> RunAsync(string label, params string[] parameters) =>
        RunAsync(label, parameters, []);

    // One row in twenty has the wrong class.
    private void Write(string file, int rows) =>
        File.WriteAllLines(
            _folder[file],
            Enumerable.Range(0, rows)
                .Select(
                    row =>
                        $"{X(row)},{Z(row)},{Weight(row)},{(row % 20 == 0 ? (Class(row) + 1) % 3 : Class(row))},{Amount(row)},{Share(row)}")
                .Prepend("x,z,weight,class,amount,share"));
}
