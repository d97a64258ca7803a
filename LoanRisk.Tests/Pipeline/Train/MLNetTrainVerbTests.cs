using System.Diagnostics;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.MLNet;
using LoanRisk.Tests.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Pipeline.Train;

/// <summary><c>train --trainer mlnet</c>: a candidate like any other, that says who trained it.</summary>
public sealed class MLNetTrainVerbTests : IDisposable
{
    private static readonly string[] Quick = ["--param", "num_iterations=400", "--param", "early_stopping_round=10", "--monotone", "all"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task German_credit_is_trained_measured_and_explained_and_the_managed_trainer_grows_the_same_trees()
    {
        NativeTrainer.Require();
        var data = SharedFolder.Require("data", "german_credit.csv");

        var theirs = await Train("german-credit", data, "mlnet", "theirs");
        var ours = await Train("german-credit", data, "managed", "ours");

        var (mlnet, managed) = (Package("german-credit", "theirs"), Package("german-credit", "ours"));
        Assert.Equal("mlnet", mlnet.Manifest.Parameters["trainer"]);
        Assert.DoesNotContain("trainer", managed.Manifest.Parameters.Keys);
        Assert.Contains("| Trees grown by | ML.NET (Microsoft.ML.LightGbm ", mlnet.Text(PackageFiles.Card), StringComparison.Ordinal);
        Assert.DoesNotContain("Trees grown by", managed.Text(PackageFiles.Card), StringComparison.Ordinal);
        Assert.Equal(managed.Trees.MonotoneConstraints, mlnet.Trees.MonotoneConstraints);
        Assert.Equal(
            WrittenMetrics.Of(managed).CrossValidation!.AucByFold, WrittenMetrics.Of(mlnet).CrossValidation!.AucByFold);
        Assert.Equal(managed.Trees.Trees.Select(tree => tree.LeafValue), mlnet.Trees.Trees.Select(tree => tree.LeafValue));
        Assert.Contains("AUC", theirs.Output, StringComparison.Ordinal);
        Assert.Equal(0, ours.ExitCode);
    }

    // With leaves of 400 no split is allowed; with made-up rows both outcomes are then equally many, and the score is 0 for all.
    [Theory]
    [InlineData("weights", "40")]
    [InlineData("smote", "40")]
    [InlineData("smote", "400")]
    public async Task The_rule_for_few_bad_loans_holds_for_it_too(string rule, string leaf)
    {
        NativeTrainer.Require();
        var data = SyntheticLoans.Write(_folder["loans.csv"], seed: 4, rows: 900);
        await Train("peerloan", data, "mlnet", "theirs", "--imbalance", rule, "--param", $"min_data_in_leaf={leaf}");
        await Train("peerloan", data, "managed", "ours", "--imbalance", rule, "--param", $"min_data_in_leaf={leaf}");

        var (mlnet, managed) = (Package("peerloan", "theirs"), Package("peerloan", "ours"));

        Assert.Equal(rule, mlnet.Manifest.Parameters["imbalance"]);
        // The managed trainer counts what bagging drew, four rows of five.
        var (drawn, all) = (managed.Trees.Trees[0].LeafCounts.Sum(), mlnet.Trees.Trees[0].LeafCounts.Sum());
        Assert.InRange(drawn, 0.79 * all, all);
        Assert.Equal(
            WrittenMetrics.Of(managed).TestUncalibrated!.LogLoss, WrittenMetrics.Of(mlnet).TestUncalibrated!.LogLoss, 0.01);
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

    [Fact]
    public async Task The_native_library_writes_nothing_of_its_own()
    {
        NativeTrainer.Require();
        var data = SyntheticLoans.Write(_folder["loans.csv"], seed: 4, rows: 500);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "LoanRisk.Training.dll"), "train", "peerloan", "--data", data, "--trainer", "mlnet",
                "--out", _folder["out"],
            },
        };
        Quick.ToList().ForEach(start.ArgumentList.Add);

        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, await error);
        Assert.StartsWith("loans.csv: 500 loans", output, StringComparison.Ordinal);
        Assert.DoesNotContain("LightGBM]", output + await error, StringComparison.Ordinal);
    }

    private async Task<TestConsole> Train(string product, string data, string trainer, string folder, params string[] more)
    {
        var console = await TestConsole.RunAsync(
            ["train", product, "--data", data, "--out", _folder[folder], "--trainer", trainer, .. Quick, .. more]);
        Assert.True(console.ExitCode == 0, console.Error);
        return console;
    }

    private ModelPackage Package(string product, string folder) => PackageFolder.Read(
        _folder[folder], ProductFolder.ReadAll(ProductFolder.Default).Single(p => p.Id == product));
}
