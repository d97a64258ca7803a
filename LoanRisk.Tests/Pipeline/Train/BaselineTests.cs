using System.Text.RegularExpressions;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Reports;
using LoanRisk.Tests.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Pipeline.Train;

[Slow]
public sealed class BaselineTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private readonly DataSet _data;

    public BaselineTests() => _data = DataSetReader.Read(SyntheticLoans.Write(_folder["a.csv"], seed: 9, rows: 1_500), PeerLoan.Product);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trees_are_held_against_a_scorecard_and_the_champion_on_the_same_test_rows()
    {
        var champion = Register(Train(new TrainingOptions { Kind = ModelKind.Scorecard }).Package, ModelSource.Trained);
        var metrics = Train(new TrainingOptions { Champion = champion }).Metrics;

        Assert.Equal(
            [("scorecard", null, null), ("champion", champion.Model.Id, null)],
            metrics.Baselines!.Select(b => (b.Name, b.ModelId, b.Caution)));
        // The champion is the same scorecard, made of the same rows.
        Assert.Equal(metrics.Baselines![0].Test, metrics.Baselines[1].Test);
        Assert.Equal(metrics.TestLoans!.Loans, metrics.Evaluation!.Loans);
        Assert.Equal(metrics.Test, metrics.Evaluation.Metrics);
    }

    [Theory]
    [InlineData(ModelSource.Imported, true)]
    [InlineData(ModelSource.Trained, false)]
    [InlineData(ModelSource.Tuned, false)]
    [InlineData(ModelSource.Shipped, false)]
    public void A_champion_that_was_imported_may_have_learned_from_the_test_rows_and_that_is_said(ModelSource source, bool isSaid)
    {
        var champion = Register(Train(new TrainingOptions { Kind = ModelKind.Scorecard }).Package, source);
        var (package, metrics) = Train(new TrainingOptions { Kind = ModelKind.Scorecard, Champion = champion });

        var caution = Assert.Single(metrics.Baselines!).Caution;

        Assert.Equal(isSaid, caution is not null);
        Assert.Equal(isSaid, package.Text(PackageFiles.Card).Contains("It was imported", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_gives_the_scorecard_and_the_model_the_figures_that_the_package_holds()
    {
        var options = new TrainingOptions
        {
            Seed = 3,
            Monotone = MonotoneRule.None,
            Parameters = [KeyValuePair.Create("num_iterations", "20")],
        };
        var (package, metrics) = Train(options);
        ProductFolder.Write(_folder["model"], package);

        var run = await TestConsole.RunInAsync(
            _folder["data"], "report", "peerloan", "--model", _folder["model"], "--data", _folder["a.csv"], "--out", _folder["out"]);

        Assert.True(run.ExitCode == 0, run.Error);
        var html = File.ReadAllText(_folder["out", $"peerloan-{package.Id[..12]}.html"]);
        foreach (var (name, own, card, range) in new[]
        {
            ("AUC (higher is better)", metrics.Test!.Auc, metrics.Baselines![0].Test.Auc, metrics.TestIntervals!.Auc),
            ("Brier score (lower)", metrics.Test.Brier, metrics.Baselines[0].Test.Brier, metrics.TestIntervals.Brier),
        })
        {
            var row = Pattern.First(html, $@"<th scope=""row"">{Regex.Escape(name)}</th>(.*?)</tr>").Groups[1].Value;
            var cells = Pattern.All(row, "<td[^>]*>(.*?)</td>").Select(c => c.Groups[1].Value).ToArray();
            Assert.Equal(
                [$"{own:0.0000}", $"{range.Low:0.0000} to {range.High:0.0000}", $"{card:0.0000}"], [cells[0], cells[1], cells[^1]]);
        }
    }

    [Fact]
    public void A_scorecard_is_a_package_that_serves_and_carries_its_points()
    {
        var (package, metrics) = Train(new TrainingOptions { Kind = ModelKind.Scorecard });

        Assert.Equal("scorecard", package.Manifest.Parameters["kind"]);
        Assert.NotEmpty(metrics.Scorecard!.Features);
        Assert.Equal(metrics.Scorecard.Features.Count, package.Trees.Trees.Length);
        var read = WrittenMetrics.Of(package).Scorecard!;
        Assert.Equal(metrics.Scorecard.Features.SelectMany(f => f.Attributes), read.Features.SelectMany(f => f.Attributes));
        Assert.Contains("points scorecard", package.Text(PackageFiles.Card), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImbalanceRule.Weights)]
    [InlineData(ImbalanceRule.Smote)]
    public void Balanced_outcomes_move_the_probabilities_and_calibration_brings_them_back(ImbalanceRule rule)
    {
        var metrics = Train(
            new TrainingOptions
            {
                Imbalance = rule,
                Monotone = MonotoneRule.None,
                Parameters =
                [
                    KeyValuePair.Create("min_data_in_leaf", "20"),
                    KeyValuePair.Create("learning_rate", "0.1"),
                    KeyValuePair.Create("num_iterations", "150"),
                    KeyValuePair.Create("early_stopping_round", "0"),
                ],
            }).Metrics;

        Assert.Equal(rule.ToString().ToLowerInvariant(), metrics.Imbalance);
        Assert.True(
            metrics.TestUncalibrated!.Brier > metrics.Test!.Brier + 0.01, $"{metrics.TestUncalibrated.Brier} against {metrics.Test.Brier}");
        Assert.True(metrics.Test.Auc > 0.55);
    }

    [Fact]
    public async Task The_verb_registers_a_scorecard_and_refuses_what_it_has_no_use_for()
    {
        var run = await TestConsole.RunInAsync(_folder["data"], "train", "peerloan", "--data", _folder["a.csv"], "--kind", "scorecard");
        var idle = await TestConsole.RunInAsync(
            _folder["data"], "train", "peerloan", "--data", _folder["a.csv"], "--kind", "scorecard", "--imbalance", "smote");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(2, idle.ExitCode);
        Assert.Contains("for trees", idle.Error, StringComparison.Ordinal);
        Assert.Equal(
            ModelKind.Scorecard,
            Assert.Single(
                ModelRegistry.Open(new DataFolder(_folder["data"], "test")).List("peerloan"), m => m.Source == ModelSource.Trained).Kind);
    }

    private RegisteredPackage Register(ModelPackage package, ModelSource source)
    {
        var registry = ModelRegistry.Open(new DataFolder(Directory.CreateDirectory(_folder["registry"]).FullName, "test"));
        return RegisteredPackage.Read(
            registry, PeerLoan.Product,
            registry.Register(package, source, new AuditEntry("a test", Now), new TrainingRecord(ModelKind.Scorecard)));
    }

    private TrainedModel Train(TrainingOptions options) =>
        TrainingRun.Run(_data, options, TestConsole.Clock(), SilentProgress.Instance, CancellationToken.None);
}
