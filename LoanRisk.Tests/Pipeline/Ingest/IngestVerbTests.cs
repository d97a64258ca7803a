using LoanRisk.Tests.Reports;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Training;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Pipeline.Ingest;

public sealed class IngestVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IngestVerbTests()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["data"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_joined_can_be_trained_on_by_version()
    {
        SyntheticLoans.Write(_folder["in", "a.csv"], seed: 5, rows: 1_200);
        var ingested = await Run("ingest", "peerloan", "--from", _folder["in"]);
        var trained = await Run("train", "peerloan", "--out", _folder["model"], "--monotone", "none", "--param", "num_iterations=3");

        Assert.Equal((0, 0), (ingested.ExitCode, trained.ExitCode));
        Assert.Contains("Version 1", ingested.Output, StringComparison.Ordinal);
        var version = DataSetStore.Open(new DataFolder(_folder["data"], "test")).Latest("peerloan")!;
        Assert.Contains(
            version.Id,
            await File.ReadAllTextAsync(_folder["model", "manifest.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains("the newest is 1", (await Run("train", "peerloan", "--data-version", "2")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_is_named_and_ends_with_exit_code_1_while_the_others_join()
    {
        SyntheticLoans.Write(_folder["in", "a.csv"], seed: 5, rows: 50);
        File.WriteAllText(_folder["in", "broken.csv"], "nothing,of,use\n1,2,3\n");

        var run = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("broken.csv is refused", run.Error, StringComparison.Ordinal);
        Assert.Contains("has 50 loans", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_once_with_the_line_and_without_the_files_name_again()
    {
        File.WriteAllText(_folder["in", "broken.csv"], "nothing,of,use\n1,2,3\n");

        var run = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.StartsWith("broken.csv is refused: line 1: there is no column \"loan_amnt\".", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 file for PeerLoan", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_total_line_is_refused_with_the_option_that_leaves_it_out()
    {
        SyntheticLoans.Write(_folder["in", "a.csv"], seed: 5, rows: 50);
        File.AppendAllText(_folder["in", "a.csv"], "Total,,,,,,,,,,12\n");

        var run = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Remove such lines, or ingest with --leave-out-totals.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_observed_before_its_decision_does_not_join_and_is_told()
    {
        await using (var store = DecisionStore.Open(new DataFolder(_folder["data"], "test")))
        {
            await store.SaveAsync([SyntheticDecision.WithId("one")], TestContext.Current.CancellationToken);
            await store.ReportAsync(
                [new ReportedOutcome("one", true, new DateOnly(2026, 11, 21), DateTimeOffset.UnixEpoch, "test")],
                TestContext.Current.CancellationToken);
            await EarlyOutcome.StoreAsync(new SqliteConnection($"Data Source={store.Path};Pooling=False"), "one", "2026-11-02");
        }

        var run = await Run("ingest", "peerloan");

        Assert.Contains("1 outcome does not join: observed before the decision.", run.Output, StringComparison.Ordinal);
        Assert.Contains("PeerLoan has no data yet.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_csv_files_is_told()
    {
        var run = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"There is no CSV file in {_folder["in"]}.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_capitals_join_too_and_a_copy_has_nothing_new()
    {
        SyntheticLoans.Write(_folder["in", "LOANS.CSV"], seed: 5, rows: 50);
        var first = await Run("ingest", "peerloan", "--from", _folder["in"]);
        File.WriteAllLines(_folder["in", "some.csv"], File.ReadLines(_folder["in", "LOANS.CSV"]).Take(20));
        var second = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.Contains("has 50 loans", first.Output, StringComparison.Ordinal);
        Assert.Matches(@"some\.csv\s+│\s+nothing new in it │\s+19 │\s+0 │\s+19 │", second.Output);
    }

    [Fact]
    public async Task Rejected_rows_are_told_with_their_causes()
    {
        SyntheticLoans.Write(_folder["in", "a.csv"], seed: 5, rows: 50);
        File.AppendAllLines(
            _folder["in", "a.csv"], Enumerable.Repeat(PeerLoan.OnTime.Replace("12000", "plenty", StringComparison.Ordinal), 7));

        var run = await Run("ingest", "peerloan", "--from", _folder["in"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("a.csv: 7 rows rejected, the first 5 are", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [52, 53, 54, 55, 56], Pattern.All(run.Output, @"  line (\d+): loan_amnt must be ").Select(m => int.Parse(m.Groups[1].Value)));
    }

    [Theory]
    [InlineData("There is no folder", "nowhere")]
    [InlineData("is a file", "file.csv")]
    public async Task A_folder_that_is_none_is_a_wrong_call(string sentence, string name)
    {
        File.WriteAllText(_folder["file.csv"], "");

        var run = await Run("ingest", "peerloan", "--from", _folder[name]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_to_join_it_says_so() =>
        Assert.Contains("has no data yet", (await Run("ingest", "peerloan")).Output, StringComparison.Ordinal);

    private Task<TestConsole> Run(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], arguments);
}
