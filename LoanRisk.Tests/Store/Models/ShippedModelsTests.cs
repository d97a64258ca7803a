using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

/// <summary>Models that come with a product's folder, the same on both databases.</summary>
public abstract class ShippedModelsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Storage _storage;

    private readonly ModelRegistry _registry;

    protected ShippedModelsTests(Storage storage)
    {
        _storage = storage;
        Directory.CreateDirectory(storage["products", "tiny"]);
        _registry = ModelRegistry.Open(storage.Folder);
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_product_that_ships_none_has_none() => Assert.Null(RegisterShipped());

    [Fact]
    public void The_first_shipped_model_serves_and_taking_it_again_changes_nothing()
    {
        Ship(TinyModel.Package);

        Assert.Equal(ModelState.Champion, RegisterShipped()?.State);
        Assert.Equal(ModelState.Champion, RegisterShipped()?.State);
        Assert.Equal(2, _registry.History().Count);
    }

    [Fact]
    public void A_newly_shipped_model_follows_a_shipped_one()
    {
        Ship(TinyModel.Package);
        RegisterShipped();
        var next = TinyModel.Create(card: "# Next\n");
        Ship(next);
        RegisterShipped();

        Assert.Equal(next.Id, _registry.Champion("tiny")?.Id);
    }

    [Fact]
    public void A_newly_shipped_model_does_not_push_aside_what_was_promoted_here()
    {
        var own = _registry.Register(TinyModel.Create(card: "# Own\n"), ModelSource.Trained, new AuditEntry("ann", Noon));
        _registry.Promote(own.Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon), null));
        Ship(TinyModel.Package);

        Assert.Equal(ModelState.Candidate, RegisterShipped()?.State);
        Assert.Equal(own.Id, _registry.Champion("tiny")?.Id);
    }

    [Fact]
    public void A_shipped_model_follows_a_champion_of_another_schema_which_can_serve_nobody()
    {
        var old = TinyModel.Create(TinyLoan.Product with { SchemaVersion = "2" });
        _registry.Register(old, ModelSource.Trained, new AuditEntry("ann", Noon));
        _registry.Promote(old.Id, TinyLoan.Product, new Promotion(new AuditEntry("ann", Noon), null));
        Ship(TinyModel.Package);

        Assert.Equal(ModelState.Champion, RegisterShipped()?.State);
    }

    [Fact]
    public void A_program_that_ended_between_registering_and_promoting_promotes_when_it_starts_again()
    {
        Ship(TinyModel.Package);
        RegisterShipped();
        var next = TinyModel.Create(card: "# Next\n");
        _registry.Register(next, ModelSource.Shipped, new AuditEntry("ann", Noon));
        Ship(next);

        Assert.Equal(ModelState.Champion, RegisterShipped()?.State);
    }

    [Fact]
    public void A_shipped_model_that_was_taken_back_stays_back()
    {
        Ship(TinyModel.Package);
        RegisterShipped();
        Ship(TinyModel.Create(card: "# Next\n"));
        RegisterShipped();
        _registry.RollBack(TinyLoan.Product, new AuditEntry("ann", Noon));

        Assert.Equal(ModelState.Retired, RegisterShipped()?.State);
        Assert.Equal(TinyModel.Package.Id, _registry.Champion("tiny")?.Id);
    }

    [Fact]
    public void A_damaged_package_is_refused()
    {
        Ship(TinyModel.Package);
        File.AppendAllText(_storage["products", "tiny", "champion", PackageFiles.Card], "more");

        Assert.Throws<ModelPackageException>(RegisterShipped);
        Assert.Empty(_registry.List());
    }

    private void Ship(ModelPackage package) => ProductFolder.Write(_storage["products", "tiny", "champion"], package);

    private RegisteredModel? RegisterShipped() => ShippedModels.RegisterShipped(_registry, _storage["products"], TinyLoan.Product, Noon);

    [Slow]
    public sealed class OnSqlite() : ShippedModelsTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : ShippedModelsTests(new PostgresStorage());
}
