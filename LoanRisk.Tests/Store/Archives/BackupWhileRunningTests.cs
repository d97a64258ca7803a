using System.Collections.Concurrent;
using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Archives;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.People;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Deploy;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Web;

namespace LoanRisk.Tests.Store.Archives;

/// <summary>A backup beside others who write is of one moment.</summary>
[Slow]
public sealed class BackupWhileRunningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sqlite_beside_a_site_that_decides()
    {
        using var storage = new SqliteStorage();
        await BesideASite(storage, ("LOANRISK_DATA", storage.Folder.Path), ("LOANRISK_DATABASE", "sqlite"));
    }

    [Fact]
    public async Task Postgres_beside_a_site_that_decides()
    {
        using var storage = new PostgresStorage();
        await BesideASite(storage, ("LOANRISK_DATA", _folder["scratch"]), ("LOANRISK_DATABASE", storage.Url));
    }

    [Fact]
    public async Task Sqlite_while_models_are_registered_and_decide_at_once()
    {
        using var storage = new SqliteStorage();
        await WhileModelsCome(storage);
    }

    [Fact]
    public async Task Postgres_while_models_are_registered_and_decide_at_once()
    {
        using var storage = new PostgresStorage();
        await WhileModelsCome(storage);
    }

    private async Task BesideASite(Storage storage, params (string, string)[] environment)
    {
        var key = SiteAccess.Key(storage.Folder); // a site that runs learns of a new one within two seconds
        using var site = Command.Start(
            $"exec dotnet {Path.Combine(AppContext.BaseDirectory, "LoanRisk.Web.dll")}",
            _folder.Path,
            [("PORT", "0"), ("LOANRISK_LOG", "text"), ("LOANRISK_PRODUCTS", TrainedProducts.WriteTo(_folder["products"])), .. environment]);
        using var load = SteadyLoad.Start(await site.ListensAsync(), key);
        await load.AnsweredAsync(300);
        for (var round = 0; round < 3; round++)
        {
            var answered = load.Decisions.ToList();
            Archive.Backup(storage.Folder, _folder[$"backup{round}.zip"], DateTimeOffset.UtcNow);
            await load.AnsweredAsync(50);
            using var restored = new SqliteStorage();
            Archive.Restore(_folder[$"backup{round}.zip"], restored.Folder);
            await AssertConsistent(restored, answered);
        }

        await load.EndAsync();
        Assert.Empty(load.Failures);
        Assert.Equal(0, (await site.StopAsync()).ExitCode);
    }

    // The model of each decision was registered a moment before it, so a backup of two moments would miss some.
    private async Task WhileModelsCome(Storage storage)
    {
        using var end = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<string>();
        PeopleStore.Open(storage.Folder);
        await using var store = DecisionStore.Open(storage.Folder);
        var work = Task.Run(() => DecideAsync(storage.Folder, store, acknowledged, end.Token), Stop);
        for (var round = 0; round < 5; round++)
        {
            var wanted = acknowledged.Count + 10;
            while (acknowledged.Count < wanted && !work.IsCompleted)
            {
                await Task.Delay(5, Stop);
            }

            var before = acknowledged.ToList();
            Archive.Backup(storage.Folder, _folder[$"models{round}.zip"], DateTimeOffset.UtcNow);
            using var restored = new SqliteStorage();
            Archive.Restore(_folder[$"models{round}.zip"], restored.Folder);
            await AssertConsistent(restored, before);
        }

        await end.CancelAsync();
        await work;
    }

    private static async Task DecideAsync(
        DataFolder folder, DecisionStore store, ConcurrentQueue<string> acknowledged, CancellationToken end)
    {
        var registry = ModelRegistry.Open(folder);
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var entry = new AuditEntry("test", DateTimeOffset.UtcNow);
            var model = registry.Register(TinyModel.Create(card: $"# {i}\n"), ModelSource.Trained, entry);
            registry.Promote(model.Id, TinyLoan.Product, new Promotion(entry, registry.Champion("tiny")?.Id));
            var made = SyntheticDecision.WithId($"id{i}");
            await store.SaveAsync(
                [
                    made with
                    {
                        Decision = made.Decision with
                        {
                            Product = "tiny",
                            Model = made.Decision.Model with { Id = model.Id },
                            PolicyHash = registry.Policy("tiny")!.Hash,
                        },
                    },
                ],
                CancellationToken.None);
            acknowledged.Enqueue($"id{i}");
        }
    }

    private static async Task AssertConsistent(Storage restored, IReadOnlyCollection<string> acknowledged)
    {
        var registry = ModelRegistry.Open(restored.Folder);
        var models = registry.List().Select(model => model.Id).ToList();
        await using var store = DecisionStore.Open(restored.Folder);
        using var connection = restored.ConnectToDecisions();
        var ids = connection.Query<string>("SELECT id FROM decisions ORDER BY seq").ToList();
        Assert.NotEmpty(ids);
        Assert.Empty(acknowledged.Except(ids, StringComparer.Ordinal));
        foreach (var id in ids)
        {
            var decision = (await store.FindAsync(id, Stop))!.Decision;
            Assert.Contains(models, model => model.StartsWith(decision.Model.Id, StringComparison.Ordinal));
            Assert.Contains(decision.PolicyHash, registry.Policies(decision.Product).Select(policy => policy.Hash));
        }
    }
}
