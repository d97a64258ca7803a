using System.Diagnostics;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.MLNet;
using LoanRisk.Tests.Training;
using LoanRisk.Training.Terminal;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Pipeline.Train;

/// <summary><c>train --trainer mlnet</c>: a candidate like any other, that says who trained it.</summary>
[Slow]
public sealed class MLNetTrainVerbTests : IDisposable
{
    private static readonly string[] Quick = ["--param", "num_iterations=400", "--param", "early_stopping_round=10", "--monotone", "all"];

    private readonly TemporaryFolder _folder = new();

    private static LoanProduct German { get; } = ProductFolder.ReadAll(ProductFolder.Default).Single(p => p.Id == "german-credit");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task German_credit_is_trained_by_the_console_and_the_native_library_writes_nothing_of_its_own()
    {
        NativeTrainer.Require();
        var data = SharedFolder.Require("data", "german_credit.csv");

        var (output, error) = await RunProgram("train", "german-credit", "--data", data, "--out", _folder["model"], "--trainer", "mlnet");

        var package = PackageFolder.Read(_folder["model"], German);
        Assert.StartsWith("german_credit.csv: 1,000 credits", output, StringComparison.Ordinal);
        Assert.DoesNotContain("LightGBM]", output + error, StringComparison.Ordinal);
        Assert.Equal("mlnet", package.Manifest.Parameters["trainer"]);
        Assert.Contains("| Trees grown by | ML.NET (Microsoft.ML.LightGbm ", package.Text(PackageFiles.Card), StringComparison.Ordinal);
        Assert.DoesNotContain("trainer=", package.Text(PackageFiles.Card), StringComparison.Ordinal);
        Assert.Equal([1, -1], package.Trees.MonotoneConstraints.Where(direction => direction != 0));
        Assert.InRange(WrittenMetrics.Of(package).CrossValidation!.Auc, 0.74, 0.82);
    }

    [Theory]
    [InlineData(ImbalanceRule.None, 10)]
    [InlineData(ImbalanceRule.Weights, 10)]
    [InlineData(ImbalanceRule.Smote, 10)]
    [InlineData(ImbalanceRule.Smote, 900)] // no split is allowed, and the score is 0 for all
    public void Both_trainers_grow_the_same_trees_of_german_credit(ImbalanceRule rule, int leaf)
    {
        NativeTrainer.Require();
        var data = DataSetReader.Read(SharedFolder.Require("data", "german_credit.csv"), German);
        var parameters = DefaultParameters.For(
            German, [new("early_stopping_round", "10"), new("min_data_in_leaf", $"{leaf}")], seed: 3) with
        {
            MonotoneConstraints = [.. German.Features.Select(f => f.Monotone)],
        };
        int[] rows = [.. Enumerable.Range(0, data.RowCount).Where(row => row % 4 > 0)];

        var (theirs, ours) = (Fit(TreeTrainer.MLNet), Fit(TreeTrainer.Managed));

        Assert.Equal(ours.Trees.Select(tree => tree.LeafValue), theirs.Trees.Select(tree => tree.LeafValue));
        Assert.Equal(RawScores.Of(ours, data, rows), RawScores.Of(theirs, data, rows));
        Assert.Equal(leaf == 900 ? 1 : 2, Math.Min(2, theirs.Trees[0].LeafCount));

        TreeModel Fit(TreeTrainer trainer) =>
            TreeRecipes.Of(trainer, parameters, rule).Fit(data, rows, 1, null, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Parameter zero_as_missing is true; it must be false with ML.NET's trainer", "--param", "zero_as_missing=true")]
    [InlineData("Parameter bin_construct_sample_cnt is 5000; it must be", "--param", "bin_construct_sample_cnt=5000")]
    [InlineData("--param, --imbalance and --trainer are for trees", "--kind", "scorecard")]
    public async Task What_it_cannot_do_is_refused_before_a_row_is_read(string sentence, params string[] more)
    {
        NativeTrainer.Require();
        File.WriteAllText(_folder["loans.csv"], "no loans");

        var console = await TestConsole.RunAsync(["train", "peerloan", "--data", _folder["loans.csv"], "--trainer", "mlnet", .. more]);

        Assert.Equal(ExitCode.CalledWrongly, console.ExitCode);
        Assert.Contains(sentence, console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_trainer_is_told_the_two_there_are()
    {
        var console = await TestConsole.RunAsync("train", "peerloan", "--trainer", "xgboost");

        Assert.Contains("--trainer is one of managed, mlnet; it was \"xgboost\".", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_search_with_the_managed_trainer_read_as_they_always_did()
    {
        var settings = new TuneSettings { Trials = 3, Seed = 1 };

        Assert.DoesNotContain("Trainer", settings.ToJson(), StringComparison.Ordinal);
        Assert.Equal(
            TreeTrainer.MLNet, TuneSettings.FromJson((settings with { Trainer = TreeTrainer.MLNet }).ToJson()).Trainer);
    }

    private async Task<(string Output, string Error)> RunProgram(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "LoanRisk.Training.dll"), .. arguments, .. Quick])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, await error);
        return (output, await error);
    }
}
