using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Store.Decisions.Records;
using LoanRisk.Tests.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary><c>db migrate --part PART --to NUMBER</c> on SQLite's files.</summary>
[Slow]
public sealed class FileSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataFolder Data => new(Directory.CreateDirectory(_folder["data"]).FullName, "test");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decisions_go_back_to_their_former_form_and_the_next_start_reads_them_equal()
    {
        var stored = Enumerable.Range(0, 23).Select(i => SyntheticDecision.WithId($"id{i}", seed: i + 1)).ToList();
        await using (var store = DecisionStore.Open(Data))
        {
            await store.SaveAsync(stored, Stop);
        }

        var back = await RunAsync("--part", "decisions", "--to", "7");

        Assert.True(back.ExitCode == ExitCode.Fine, back.Error);
        Assert.Contains("decisions: schema 7, this program works with", back.Output, StringComparison.Ordinal);
        using (var connection = FormerDatabase.Connect(_folder["data"]))
        {
            Assert.Equal(7, connection.ExecuteScalar<int>("PRAGMA user_version"));
            Assert.Equal(23, connection.ExecuteScalar<int>("SELECT count(*) FROM decisions WHERE feature_row IS NOT NULL"));
        }

        Assert.Equal(back.Output, (await RunAsync("--part", "decisions", "--to", "7")).Output);
        await using var again = DecisionStore.Open(Data);
        foreach (var decision in stored)
        {
            Assert.Equal(SameDecision.Text(decision), SameDecision.Text((await again.FindAsync(decision.Id, Stop))!));
        }
    }

    [Fact]
    public async Task Models_go_back_and_forward_and_lose_nothing_that_the_earlier_schema_knows()
    {
        ModelRegistry.Open(Data);

        var back = await RunAsync("--part", "models", "--to", "6");

        Assert.Contains("models: schema 6, this program works with", back.Output, StringComparison.Ordinal);
        Assert.Empty(ModelRegistry.Open(Data).ProductFiles.Holding());
    }

    [Theory]
    [InlineData("decisions", 6)]
    [InlineData("decisions", 99)]
    [InlineData("models", 1)]
    public async Task A_schema_that_nobody_can_go_back_to_is_refused_with_those_that_can(string part, int number)
    {
        await DecisionStore.Open(Data).DisposeAsync();
        ModelRegistry.Open(Data);

        var refused = await RunAsync("--part", part, "--to", $"{number}");

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains($"with this program; asked for is {number}.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_a_running_site_nothing_is_taken_back()
    {
        await using var site = DecisionStore.Open(Data);

        var refused = await RunAsync("--part", "decisions", "--to", "7");

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("in use by another LoanRisk", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_database_nothing_is_made()
    {
        var refused = await RunAsync("--part", "decisions", "--to", "7");

        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("There is no database", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["data", DatabaseFile.FileName]));
    }

    private Task<TestConsole> RunAsync(params string[] options) => TestConsole.RunInAsync(_folder["data"], ["db", "migrate", .. options]);
}
