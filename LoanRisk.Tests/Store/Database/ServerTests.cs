using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Keys;
using LoanRisk.Tests.Postgres;
using LoanRisk.Tests.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Store.Database;

/// <summary>A PostgreSQL server that is there, away, or not what was expected.</summary>
[Slow]
public sealed class ServerTests : IDisposable
{
    private readonly PostgresStorage _storage = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _storage.Dispose();

    [Fact]
    public async Task The_console_brings_the_schema_up_to_date_and_says_so()
    {
        var before = await RunAsync("db", "status");
        var migrated = await RunAsync("db", "migrate");
        var again = await RunAsync("db", "migrate");

        Assert.Contains("models: schema 0, this program works with", before.Output);
        Assert.All([migrated, again], run => Assert.Equal(ExitCode.Fine, run.Code));
        Assert.Contains($"models: schema {Migrations.PostgresModels.Latest}, up to date", migrated.Output);
        Assert.Contains($"decisions: schema {Migrations.PostgresDecisions.Latest}, up to date", migrated.Output);
        Assert.Equal(migrated.Output, again.Output);
        JobStore.Open(_storage.Folder);
    }

    [Fact]
    public async Task A_schema_that_nobody_can_go_back_to_is_refused_with_those_that_can()
    {
        await RunAsync("db", "migrate");

        var (code, output) = await RunAsync("db", "migrate", "--part", "models", "--to", "1");

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains($"can have the schemas {Migrations.PostgresModels.Oldest} to {Migrations.PostgresModels.Latest}", output);
    }

    [Fact]
    public async Task A_part_goes_back_to_an_earlier_schema_and_forward_again()
    {
        await RunAsync("db", "migrate");
        JobStore.Open(_storage.Folder).Add(new Job("one", "p", "train", "{}", JobState.Queued, 0, "", null, default, "test", null, null));

        var (code, output) = await RunAsync("db", "migrate", "--part", "models", "--to", "6");

        Assert.Equal(ExitCode.Fine, code);
        Assert.Contains($"models: schema 6, this program works with {Migrations.PostgresModels.Latest}", output);
        using var again = PostgresServer.At(_storage.Url, "test");
        Assert.NotNull(JobStore.Open(_storage.Folder with { Server = again }).Find("one"));
        Assert.Equal(Migrations.PostgresModels.Latest, DatabaseSchema.Read(again).Single(part => part.Part == "models").Number);
    }

    [Fact]
    public void Programs_that_start_at_once_migrate_once()
    {
        var servers = Enumerable.Range(0, 8).Select(_ => PostgresServer.At(_storage.Url, "test")).ToList();

        Parallel.ForEach(servers, server => JobStore.Open(_storage.Folder with { Server = server }));

        Assert.Equal(Migrations.PostgresModels.Latest, DatabaseSchema.Read(servers[0]).Single(part => part.Part == "models").Number);
        servers.ForEach(server => server.Dispose());
    }

    [Fact]
    public async Task Without_a_server_there_is_nothing_to_migrate()
    {
        using var output = new StringWriter();
        var session = new ConsoleSession(output, output, TimeProvider.System, _storage.Folder with { Server = null });

        var code = await LoanRisk.Training.LoanRiskCommand.RunAsync(["db", "migrate"], session, Stop);

        Assert.Equal(ExitCode.Fine, code); // a platform's release step must not fail for it
        Assert.Contains("everything is in SQLite files", output.ToString());
    }

    [Fact]
    public void A_server_that_is_away_is_told_without_who_connects()
    {
        using var server = PostgresServer.At("postgres://ann:s3cret@127.0.0.1:1/loans", "test");

        var error = Assert.Throws<StoreException>(() => JobStore.Open(_storage.Folder with { Server = server }));

        Assert.Contains("127.0.0.1:1/loans: the database does not answer", error.Message);
        Assert.DoesNotContain("s3cret", error.ToString());
    }

    [Fact]
    public void A_database_that_is_not_there_is_told_with_what_to_do()
    {
        using var server = PostgresServer.At(new UriBuilder(_storage.Url) { Path = "nobody", Query = "" }.Uri.AbsoluteUri, "test");

        var error = Assert.Throws<StoreException>(() => JobStore.Open(_storage.Folder with { Server = server }));

        Assert.Contains("there is no such database; create it", error.Message);
    }

    [Fact]
    public void After_a_restart_of_the_server_nobody_meets_a_dead_connection()
    {
        using var process = PostgresProcess.Create();
        using var database = PostgresDatabase.CreateOn(process);
        using var server = PostgresServer.At(database.Url, "test");
        var jobs = JobStore.Open(_storage.Folder with { Server = server });
        Parallel.For(0, 8, _ => jobs.Find("nobody")); // several connections wait in the pool

        process.Kill();
        Assert.Contains("does not answer", Assert.Throws<StoreException>(() => jobs.Find("nobody")).Message);
        process.Start();

        Assert.True(SpinWait.SpinUntil(() => Answers(jobs), TimeSpan.FromSeconds(30))); // it is left alone for a moment after each failure
        Parallel.For(0, 8, _ => Assert.Null(jobs.Find("nobody")));
    }

    [Fact]
    public void Keys_of_forms_come_back_in_the_order_they_were_made()
    {
        var keys = FormKeys.Open(_storage.Folder.Server!);
        keys.Add("b", "<key id=\"1\" />");
        keys.Add("a", "<key id=\"2\" />");

        Assert.Equal(["<key id=\"1\" />", "<key id=\"2\" />"], FormKeys.Open(_storage.Elsewhere().Server!).All());
    }

    private static bool Answers(JobStore jobs) => Record.Exception(() => jobs.Find("nobody")) is null;

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var session = new ConsoleSession(output, output, TimeProvider.System, _storage.Folder);
        var code = await LoanRisk.Training.LoanRiskCommand.RunAsync(arguments, session, Stop);
        return (code, output.ToString());
    }
}
