using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Serving;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Serving;

[Slow]
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly Log _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "model.txt",
        "UPDATE model_files SET content = CAST(replace(content, 'leaf_value', 'leaf_vulae') AS BLOB) WHERE name = 'model.txt' AND "
            + "model_id = @id")]
    [InlineData("calibration.json: The file is missing", "DELETE FROM model_files WHERE name = 'calibration.json' AND model_id = @id")]
    [InlineData(
        "The golden row must score",
        "UPDATE model_files SET content = CAST(replace(content, '\"rawScore\": -', '\"rawScore\": -1') AS BLOB) WHERE name = "
            + "'manifest.json' AND model_id = @id")]
    [InlineData(
        "they were changed after registration",
        "UPDATE model_files SET content = CAST(replace(content, '\"seed\": 1', '\"seed\": 2') AS BLOB) WHERE name = 'manifest.json' AND "
            + "model_id = @id")]
    [InlineData(
        "of product \"another\"",
        "UPDATE model_files SET content = CAST(replace(content, '\"peerloan\"', '\"another\"') AS BLOB) WHERE name = 'manifest.json' "
            + "AND model_id = @id")]
    [InlineData("trained with schema version 2", "")]
    public async Task A_champion_that_must_not_serve_is_refused_and_the_one_before_serves_on(string why, string damage)
    {
        await using var site = Site();
        using var client = site.CreateClient();
        var comparison = CandidateModels.Make(1, damage.Length > 0 ? null : PeerLoan.Product with { SchemaVersion = "2" });
        CandidateModels.Register(CandidateModels.RegistryOf(site), comparison);
        Damage(site, comparison.Id, damage);

        CandidateModels.Promote(CandidateModels.RegistryOf(site), comparison);
        site.Service<ModelWatcher>().Look();

        Assert.Equal(TrainedProducts.Champion.Id[..12], await ModelAsync(client));
        var ready = await client.GetAsync("/health/ready", Stop);
        var health = JsonNode.Parse(await ready.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal(("ready", "serving"), ((string)health["status"]!, (string)health["models"]![0]!["state"]!));
        Assert.StartsWith($"Model {comparison.Id[..12]} is refused: ", (string)health["models"]![0]!["problem"]!);
        Assert.Contains(why, (string)health["models"]![0]!["problem"]!);
        Assert.Contains(
            _log.Lines,
            line => line.Contains(comparison.Id[..12], StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));

        CandidateModels.RegistryOf(site).RollBack(PeerLoan.Product, CandidateModels.AuditEntry);
        site.Service<ModelWatcher>().Look();
        Assert.Null(site.Service<ProductCatalog>().Place("peerloan").Refusal);
    }

    [Fact]
    public async Task After_a_restart_the_champion_before_a_damaged_one_serves()
    {
        var comparison = CandidateModels.Make(1);
        await using (var site = Site())
        {
            site.CreateClient();
            CandidateModels.Promote(CandidateModels.RegistryOf(site), comparison);
            Damage(site, comparison.Id, "DELETE FROM model_files WHERE name = 'model.txt' AND model_id = @id");
        }

        await using var restarted = Site();
        using var client = restarted.CreateClient();

        Assert.Equal(TrainedProducts.Champion.Id[..12], await ModelAsync(client));
        Assert.Equal(comparison.Id, restarted.Service<ProductCatalog>().Place("peerloan").Refusal?.ModelId);
        Assert.Contains(_log.Lines, line => line.Contains("model.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_is_locked_stops_nobody_and_is_read_again_when_it_is_free()
    {
        await using var site = Site();
        using var client = site.CreateClient();
        var comparison = CandidateModels.Make(1);
        CandidateModels.Register(CandidateModels.RegistryOf(site), comparison);
        await using (var other = Connect(site))
        {
            Execute(other, "BEGIN EXCLUSIVE");
            await WaitForAsync(() => _log.Lines.Any(line => line.Contains("registry cannot be read", StringComparison.Ordinal)));
            Assert.Equal(TrainedProducts.Champion.Id[..12], await ModelAsync(client));
            Execute(other, "COMMIT");
        }

        CandidateModels.Promote(CandidateModels.RegistryOf(site), comparison);
        await WaitForAsync(() => site.Service<ProductCatalog>().DecisionEngine("peerloan")!.Package.Id == comparison.Id);
        Assert.Equal(comparison.Id[..12], await ModelAsync(client));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "It did not come about.");
            await Task.Delay(50, Stop);
        }
    }

    private static async Task<string> ModelAsync(HttpClient client) =>
        (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["model"]!["id"]!;

    private static void Damage(LoanRiskSite site, string id, string statement)
    {
        using var connection = Connect(site);
        Execute(
            connection,
            $"DROP TRIGGER model_files_are_final; DROP TRIGGER model_files_stay; "
                + $"{statement.Replace("@id", $"'{id}'", StringComparison.Ordinal)}");
    }

    private static SqliteConnection Connect(LoanRiskSite site)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(site.Data, ModelDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private LoanRiskSite Site() => new()
    {
        Data = Directory.CreateDirectory(_folder["data"]).FullName,
        Replace = services =>
        {
            services.AddSingleton<ILoggerProvider>(_log);
            services.AddSingleton(_ => ModelRegistry.Open(new LoanRisk.Store.DataFolder(_folder["data"], "test"), TimeSpan.FromSeconds(1)));
        },
    };

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        IDisposable? ILogger.BeginScope<TState>(TState state) => null;

        bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState,
            Exception?,
            string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
