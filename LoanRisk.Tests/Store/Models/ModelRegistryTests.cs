using System.Data.Common;
using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

/// <summary>Models and their history, the same on both databases.</summary>
public abstract partial class ModelRegistryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly ModelPackage[] Packages = [.. Enumerable.Range(1, 4).Select(i => TinyModel.Create(card: $"# Model {i}\n"))];

    private readonly Storage _storage;

    private readonly ModelRegistry _registry;

    protected ModelRegistryTests(Storage storage)
    {
        _storage = storage;
        _registry = Open();
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_registered_package_comes_back_byte_for_byte_and_is_a_candidate()
    {
        var model = Register(0);
        var again = Open().Read(model.Id, TinyLoan.Product);

        Assert.Equal((ModelState.Candidate, "tiny", "ann", Noon), (model.State, model.Product, model.RegisteredBy, model.RegisteredAt));
        Assert.Equal(Packages[0].Id, again.Id);
        Assert.All(Packages[0].Files, file => Assert.Equal(file.Value.ToArray(), again.Files[file.Key].ToArray()));
    }

    [Fact]
    public void Registering_twice_changes_nothing()
    {
        Assert.Equal(Register(0), Register(0));
        Assert.Single(_registry.List());
        Assert.Single(_registry.History());
    }

    [Fact]
    public void A_promotion_retires_the_champion_and_is_told()
    {
        SetChampion(0);
        SetChampion(1, "better");

        Assert.Equal(Packages[1].Id, _registry.Champion("tiny")?.Id);
        Assert.Equal(ModelState.Retired, _registry.Find(Packages[0].Id)?.State);
        Assert.Equal(Packages[0].Id, _registry.Find(Packages[1].Id[..8])?.ParentId);
        var told = _registry.History("tiny")[0];
        Assert.Equal(
            (ModelEventKind.Promoted, Packages[1].Id, Packages[0].Id, "better", "ann", Noon),
            (told.Kind, told.ModelId, told.PreviousId, told.Reason, told.By, told.At));
        Assert.Equal(told.Number, _registry.LastEvent());
    }

    [Fact]
    public void A_promotion_that_compared_with_another_champion_fails()
    {
        SetChampion(0);
        Register(1);
        Register(2);
        _registry.Promote(Packages[1].Id, TinyLoan.Product, new Promotion(new AuditEntry("bob", Noon), Packages[0].Id));

        var error = Assert.Throws<ModelStateException>(
            () => _registry.Promote(Packages[2].Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon), Packages[0].Id)));

        Assert.Contains("changed in the meantime", error.Message, StringComparison.Ordinal);
        Assert.Equal(Packages[1].Id, _registry.Champion("tiny")?.Id);
    }

    [Fact]
    public void A_forced_promotion_needs_a_reason_and_keeps_it()
    {
        Register(0);

        Assert.Throws<ModelStateException>(
            () => _registry.Promote(Packages[0].Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon, " "), null, Forced: true)));
        _registry.Promote(
            Packages[0].Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon, "the regulator asks"), null, "{}", Forced: true));

        Assert.Equal(
            (true, "the regulator asks", "{}"),
            (_registry.History()[0].Forced, _registry.History()[0].Reason, _registry.History()[0].Gate));
    }

    [Fact]
    public void Rolling_back_twice_goes_two_back_and_then_says_that_there_is_none()
    {
        SetChampion(0);
        SetChampion(1);
        SetChampion(2);

        Assert.Equal(Packages[1].Id, _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon)).Id);
        Assert.Equal(Packages[0].Id, _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon)).Id);
        var error = Assert.Throws<ModelStateException>(() => _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon)));
        Assert.Contains("had no champion before", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelEventKind.RolledBack, _registry.History()[0].Kind);
    }

    [Fact]
    public void After_a_rollback_and_a_promotion_the_way_back_leaves_out_what_was_taken_back()
    {
        SetChampion(0);
        SetChampion(1);
        _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon));
        SetChampion(2);

        Assert.Equal(Packages[0].Id, _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon)).Id);
    }

    [Fact]
    public void There_is_one_challenger_and_it_is_not_the_champion()
    {
        SetChampion(0);
        Register(1);
        Register(2);
        _registry.Challenge(Packages[1].Id, new AuditEntry("ann", Noon));
        _registry.Challenge(Packages[2].Id, new AuditEntry("ann", Noon));

        Assert.Equal(Packages[2].Id, _registry.Challenger("tiny")?.Id);
        Assert.Equal(ModelState.Candidate, _registry.Find(Packages[1].Id)?.State);
        Assert.Throws<ModelStateException>(() => _registry.Challenge(Packages[2].Id, new AuditEntry("ann", Noon)));
        Assert.Throws<ModelStateException>(() => _registry.Challenge(Packages[0].Id, new AuditEntry("ann", Noon)));
    }

    [Fact]
    public void The_champion_cannot_be_set_aside_but_a_candidate_can()
    {
        SetChampion(0);
        Register(1);

        Assert.Throws<ModelStateException>(() => _registry.Retire(Packages[0].Id, new AuditEntry("ann", Noon)));
        Assert.Equal(ModelState.Retired, _registry.Retire(Packages[1].Id, new AuditEntry("ann", Noon)).State);
    }

    [Fact]
    public void An_id_too_short_or_of_several_models_is_refused_and_an_unknown_one_is_null()
    {
        Register(0);

        Assert.Throws<ModelStateException>(() => _registry.Find(Packages[0].Id[..5]));
        Assert.Null(_registry.Find("000000000000"));
        Assert.Throws<ModelStateException>(
            () => _registry.Promote("000000000000", TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon), null)));
    }

    [Theory]
    [InlineData("UPDATE model_events SET reason = 'x'")]
    [InlineData("DELETE FROM model_events")]
    [InlineData("DELETE FROM models")]
    [InlineData("UPDATE models SET product = 'x'")]
    [InlineData("UPDATE models SET training_seconds = 1")]
    [InlineData("UPDATE model_files SET content = 'x'")]
    [InlineData("DELETE FROM model_files")]
    public void The_database_itself_refuses_to_change_what_was(string statement)
    {
        SetChampion(0);

        Assert.Contains(
            "never",
            Assert.ThrowsAny<DbException>(() => _storage.Execute(statement)).Message.Replace(
                "append-only", "never", StringComparison.Ordinal).Replace(
                "only the state", "never", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_registries_that_promote_at_once_leave_one_champion_and_a_whole_history()
    {
        Register(0);
        Register(1);
        var failed = 0;
        Parallel.For(0, 40, i =>
        {
            var registry = Open();
            try
            {
                registry.Promote(
                    Packages[i % 2].Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon), registry.Champion("tiny")?.Id));
            }
            catch (ModelStateException)
            {
                Interlocked.Increment(ref failed);
            }
        });

        var promotions = _registry.History().Where(e => e.Kind == ModelEventKind.Promoted).Reverse().ToList();
        Assert.Equal(40, failed + promotions.Count);
        Assert.Equal([null, .. promotions.SkipLast(1).Select(e => e.ModelId)], promotions.Select(e => e.PreviousId));
        Assert.Single(_registry.List(), m => m.State == ModelState.Champion);
    }

    private ModelRegistry Open() => ModelRegistry.Open(_storage.Folder);

    private RegisteredModel Register(int i) => _registry.Register(Packages[i], ModelSource.Trained, new AuditEntry("ann", Noon));

    private void SetChampion(int i, string reason = "")
    {
        Register(i);
        _registry.Promote(
            Packages[i].Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon, reason), _registry.Champion("tiny")?.Id));
    }
}
