using System.Data.Common;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

/// <summary>Policies as they were put into force, the same on both databases.</summary>
public abstract class PolicyRecordTests(Storage storage) : IDisposable
{
    private readonly Storage _storage = storage;

    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly AuditEntry AuditEntry = new("ann", Noon);

    private static readonly LoanProduct First = TinyLoan.Product;

    // 0.2 and 0.6 become 0.92 and 0.98.
    private static readonly LoanProduct Loosened = Parse(
        ("\"approveBelow\": 0.2, \"declineFrom\": 0.6", "\"approveBelow\": 0.92, \"declineFrom\": 0.98"));

    private static readonly LoanProduct Raised = Parse(
        ("\"approveBelow\": 0.2, \"declineFrom\": 0.6", "\"approveBelow\": 0.25, \"declineFrom\": 0.5"),
        ("\"version\": \"7\"", "\"version\": \"8\""));

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_promotion_records_the_product_file_and_the_policy()
    {
        var registry = Crowned(First);

        var told = registry.History("tiny")[0];
        Assert.Equal((First.FileHash, PolicyFile.HashOf(First.Policy), null), (told.ProductHash, told.PolicyHash, told.PreviousPolicyHash));
        Assert.Equivalent(First.Policy, PolicyFile.Read(registry.Policy("tiny")!.Content, First), strict: true);
    }

    [Fact]
    public void A_policy_whose_version_is_not_raised_does_not_decide_and_leaves_no_event()
    {
        var registry = Crowned(First);
        var events = registry.History().Count;

        var recorded = registry.KeepPolicy(Loosened, AuditEntry);
        var inForce = PolicyInForce.Of(Loosened, recorded);

        Assert.Equal(events, registry.History().Count);
        Assert.Equivalent(First.Policy, inForce.Product.Policy, strict: true);
        Assert.Equal(Loosened.FileHash, inForce.Product.FileHash);
        Assert.Equal(Loosened.Policy, inForce.Filed);
        Assert.Contains("raise policy.version above 7", inForce.Objection);
        Assert.True(inForce.IsUsable);
    }

    [Fact]
    public void A_raised_version_decides_and_is_an_event_with_the_old_and_the_new()
    {
        var registry = Crowned(First);

        var recorded = registry.KeepPolicy(Raised, AuditEntry);

        var told = registry.History("tiny")[0];
        Assert.Equal(
            (ModelEventKind.Policy, Raised.FileHash, PolicyFile.HashOf(Raised.Policy), PolicyFile.HashOf(First.Policy)),
            (told.Kind, told.ProductHash, told.PolicyHash, told.PreviousPolicyHash));
        Assert.Equal((PolicyFile.HashOf(Raised.Policy), "8"), (recorded!.Hash, recorded.Version));
        Assert.Null(PolicyInForce.Of(Raised, recorded).Objection);
        Assert.Equal(2, registry.Policies("tiny").Count);

        // The file of before is a lower version now, whoever starts with it.
        Assert.Equal("8", PolicyInForce.Of(First, registry.KeepPolicy(First, AuditEntry)).Product.Policy.Version);
    }

    [Fact]
    public void A_promotion_and_a_rollback_do_not_smuggle_a_policy_in()
    {
        var registry = Crowned(First);
        var second = registry.Register(TinyModel.Create(card: "# Second\n"), ModelSource.Trained, AuditEntry);

        registry.Promote(second.Id, Loosened, new Promotion(AuditEntry, TinyModel.Package.Id));
        registry.RollBack(Loosened, AuditEntry);

        Assert.Equal(PolicyFile.HashOf(First.Policy), registry.Policy("tiny")!.Hash);
        Assert.All(
            registry.History("tiny").Take(2),
            told => Assert.Equal((Loosened.FileHash, PolicyFile.HashOf(First.Policy)), (told.ProductHash, told.PolicyHash)));
    }

    [Fact]
    public void A_raised_policy_that_comes_with_a_promotion_is_an_event_of_its_own()
    {
        var registry = Crowned(First);
        var second = registry.Register(TinyModel.Create(card: "# Second\n"), ModelSource.Trained, AuditEntry);

        registry.Promote(second.Id, Raised, new Promotion(AuditEntry, TinyModel.Package.Id));

        Assert.Equal([ModelEventKind.Promoted, ModelEventKind.Policy], registry.History("tiny").Take(2).Select(told => told.Kind));
        Assert.Equal(PolicyFile.HashOf(Raised.Policy), registry.History("tiny")[0].PolicyHash);
    }

    [Fact]
    public void Nothing_is_recorded_before_there_is_a_champion()
    {
        Assert.Null(Open().KeepPolicy(First, AuditEntry));
        Assert.Null(PolicyInForce.Of(Loosened, null).Objection);
    }

    [Fact]
    public void Each_product_has_a_policy_of_its_own()
    {
        var registry = Crowned(First);
        var other = First with { Id = "other" };
        var model = registry.Register(TinyModel.Create(other), ModelSource.Trained, AuditEntry);
        registry.Promote(model.Id, other, new Promotion(AuditEntry, null));

        registry.KeepPolicy(Raised, AuditEntry);

        Assert.Equal(("8", "7"), (registry.Policy("tiny")!.Version, registry.Policy("other")!.Version));
    }

    [Fact]
    public void A_recorded_policy_that_cannot_be_applied_any_more_decides_nothing()
    {
        var registry = Crowned(First);
        var renamed = Parse(("\"S\"", "\"Z\""), ("[\"S\"]", "[\"Z\"]"));

        var inForce = PolicyInForce.Of(renamed, registry.KeepPolicy(renamed, AuditEntry));

        Assert.False(inForce.IsUsable);
        Assert.Contains("cannot be applied", inForce.Objection);
    }

    [Theory]
    [InlineData("UPDATE policies SET content = '{}'", "a recorded policy is never changed")]
    [InlineData("DELETE FROM policies", "a recorded policy is never taken away")]
    [InlineData("UPDATE model_events SET policy_hash = NULL", "the history of models is append-only")]
    [InlineData("DELETE FROM model_events", "the history of models is append-only")]
    public void What_is_recorded_stays(string statement, string why)
    {
        Crowned(First);
        Assert.Contains(why, Assert.ThrowsAny<DbException>(() => _storage.Execute(statement)).Message);
    }

    private static LoanProduct Parse(params (string From, string To)[] changes) =>
        ProductFile.Parse(
            changes.Aggregate(TinyLoan.Json, (json, change) => json.Replace(change.From, change.To, StringComparison.Ordinal)),
            "tiny/product.json");

    private ModelRegistry Crowned(LoanProduct product)
    {
        var registry = Open();
        registry.Register(TinyModel.Package, ModelSource.Trained, AuditEntry);
        registry.Promote(TinyModel.Package.Id, product, new Promotion(AuditEntry, null));
        return registry;
    }

    private ModelRegistry Open() => ModelRegistry.Open(_storage.Folder);

    [Slow]
    public sealed class OnSqlite() : PolicyRecordTests(new SqliteStorage())
    {
        [Fact]
        public void A_database_of_before_policies_were_kept_takes_the_policy_in_at_the_first_start()
        {
            var id = MakeEarlier();

            var registry = Open();
            Assert.Equal(
                [(2, ModelEventKind.Promoted, null), (1, ModelEventKind.Registered, null)],
                registry.History("tiny").Select(told => ((int)told.Number, told.Kind, told.PolicyHash)));
            var recorded = registry.KeepPolicy(First, AuditEntry);
            registry.KeepPolicy(First, AuditEntry);

            var told = Assert.Single(registry.History("tiny"), line => line.Kind == ModelEventKind.Policy);
            Assert.Equal(
                (3, id, PolicyFile.HashOf(First.Policy), null), (told.Number, told.ModelId, told.PolicyHash, told.PreviousPolicyHash));
            Assert.Equal(recorded!.Hash, told.PolicyHash);
            Assert.NotNull(PolicyInForce.Of(Loosened, registry.KeepPolicy(Loosened, AuditEntry)).Objection);
        }

        // The schema as an earlier program left it, by the migrations it had.
        private string MakeEarlier()
        {
            const int Before = 5;
            var assembly = typeof(ModelRegistry).Assembly;
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Models/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Take(Before))
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                _storage.Execute(text.ReadToEnd());
            }

            var id = new string('c', 64);
            _storage.Execute($"""
                INSERT INTO models (id, product, schema_version, state, kind, source, trained_at, registered_at, registered_by)
                VALUES ('{id}', 'tiny', '3', 'champion', 'trees', 'trained', '2026-11-20T10:00:00.0000000Z',
                        '2026-11-20T10:00:00.0000000Z', 'ann');
                INSERT INTO model_events (product, model_id, kind, at, by, reason)
                        VALUES ('tiny', '{id}', 'registered', '2026-11-20T10:00:00.0000000Z', 'ann', '');
                INSERT INTO model_events (product, model_id, kind, at, by, reason)
                        VALUES ('tiny', '{id}', 'promoted', '2026-11-20T11:00:00.0000000Z', 'ann', 'first');
                PRAGMA user_version = {Before};
                """);
            return id;
        }
    }

    [Slow]
    public sealed class OnPostgres() : PolicyRecordTests(new PostgresStorage());
}
