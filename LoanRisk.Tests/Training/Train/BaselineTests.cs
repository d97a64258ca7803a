using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Training.Data;
using LoanRisk.Training.Terminal;
using LoanRisk.Training.Train;

namespace LoanRisk.Tests.Training.Train;

public sealed class BaselineTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private readonly DataSet _data;

    public BaselineTests() => _data = DataSetReader.Read(MadeUpLoans.Write(_folder["a.csv"], seed: 9, rows: 1_500), PeerLoan.Product);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trees_are_held_against_a_scorecard_and_the_champion_on_the_same_test_rows()
    {
        var champion = Train(new TrainingOptions { Kind = ModelKind.Scorecard }).Package;
        var report = Train(new TrainingOptions { Champion = champion }).Report;

        Assert.Equal([("scorecard", null), ("champion", champion.Id)], report.Baselines!.Select(b => (b.Name, b.ModelId)));
        // The champion is the same scorecard, made of the same rows.
        Assert.Equal(report.Baselines![0].Test, report.Baselines[1].Test);
        Assert.Equal(report.Rows.Test.Loans, report.Evaluation!.Loans);
        Assert.Equal(report.Test, report.Evaluation.Metrics);
    }

    [Fact]
    public void A_scorecard_is_a_package_that_serves_and_carries_its_points()
    {
        var (package, report) = Train(new TrainingOptions { Kind = ModelKind.Scorecard });

        Assert.Equal("scorecard", package.Manifest.Parameters["kind"]);
        Assert.NotEmpty(report.Scorecard!.Features);
        Assert.Equal(report.Scorecard.Features.Count, package.Trees.Trees.Length);
        var read = MetricsFile.Read(package.Text(PackageFiles.Metrics)).Scorecard!;
        Assert.Equal(report.Scorecard.Features.SelectMany(f => f.Attributes), read.Features.SelectMany(f => f.Attributes));
        Assert.Contains("points scorecard", package.Text(PackageFiles.Card), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImbalanceRule.Weights)]
    [InlineData(ImbalanceRule.Smote)]
    public void Balanced_outcomes_move_the_probabilities_and_calibration_brings_them_back(ImbalanceRule rule)
    {
        var report = Train(new TrainingOptions { Imbalance = rule, Monotone = MonotoneRule.None, Parameters = [KeyValuePair.Create("min_data_in_leaf", "20"), KeyValuePair.Create("learning_rate", "0.1"), KeyValuePair.Create("num_iterations", "150"), KeyValuePair.Create("early_stopping_round", "0")] }).Report;

        Assert.Equal(rule.ToString().ToLowerInvariant(), report.Imbalance);
        Assert.True(report.TestUncalibrated.Brier > report.Test.Brier + 0.01, $"{report.TestUncalibrated.Brier} against {report.Test.Brier}");
        Assert.True(report.Test.Auc > 0.55);
    }

    [Fact]
    public async Task The_verb_registers_a_scorecard_and_refuses_what_it_has_no_use_for()
    {
        var run = await TestConsole.RunInAsync(_folder["data"], "train", "peerloan", "--data", _folder["a.csv"], "--kind", "scorecard");
        var idle = await TestConsole.RunInAsync(_folder["data"], "train", "peerloan", "--data", _folder["a.csv"], "--kind", "scorecard", "--imbalance", "smote");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(2, idle.ExitCode);
        Assert.Contains("for trees", idle.Error, StringComparison.Ordinal);
        Assert.Equal(ModelKind.Scorecard, Assert.Single(ModelRegistry.Open(new DataFolder(_folder["data"], "test")).List("peerloan"), m => m.Source == ModelSource.Trained).Kind);
    }

    private TrainedModel Train(TrainingOptions options) => TrainingRun.Run(_data, options, Now, WorkProgress.Silent, CancellationToken.None);
}
