using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Finds what may serve a product: its champion in the registry, or while that one is refused, what served before it; and the policy that
/// was recorded beside it.
/// </summary>
public sealed partial class ChampionLoader(ModelRegistry registry, TimeProvider clock, ILogger<ChampionLoader> log)
{
    private const string Recorder = "product folder";

    /// <summary>Takes the model that the product's folder ships, and finds who serves the product from the start.</summary>
    /// <param name="products">The folder of products.</param>
    /// <param name="product">The product as its file has it.</param>
    /// <exception cref="StoreException">The registry cannot be read or written to.</exception>
    public ServedProduct Start(string products, LoanProduct product) =>
        Renew(new ServedProduct(product, null, TakeShipped(products, product)));

    /// <summary>
    /// Who serves a product by what the registry says now; a policy of the product file that is new is recorded. A champion that is refused
    /// leaves the model that serves in its place.
    /// </summary>
    /// <exception cref="StoreException">The registry cannot be read or written to.</exception>
    public ServedProduct Renew(ServedProduct before)
    {
        var policy = PolicyOf(before);
        var folder = before.Refusal is { ModelId: null } shipped ? shipped : null;
        var champion = registry.Champion(policy.Product.Id)?.Id;
        var serving = policy.IsUsable ? before.DecisionEngine : null;
        if (!policy.IsUsable || champion is null || champion == serving?.Package.Id)
        {
            return new ServedProduct(policy, With(policy.Product, serving), folder);
        }

        var (engine, why) = Load(champion, policy.Product);
        return engine is not null
            ? new ServedProduct(policy, engine, folder)
            : new ServedProduct(policy, With(policy.Product, serving) ?? Earlier(policy.Product), new ModelRefusal(champion, why!));
    }

    // Weighed against the product file as it was read: what the place serves by now may be another policy.
    private PolicyInForce PolicyOf(ServedProduct before)
    {
        var product = before.Policy.Filed is { } filed ? before.Product with { Policy = filed } : before.Product;
        return PolicyInForce.Of(product, Recorded(product));
    }

    private RecordedPolicy? Recorded(LoanProduct product)
    {
        var before = registry.Policy(product.Id);
        var now = registry.KeepPolicy(product, new AuditEntry(Recorder, clock.GetUtcNow()));
        if (now is not null && before is not null && now.Hash != before.Hash)
        {
            LogPolicy(log, product.Id, now.Version, PolicyInForce.Shown(now.Hash), before.Version, PolicyInForce.Shown(before.Hash));
        }

        return now;
    }

    private static DecisionEngine? With(LoanProduct product, DecisionEngine? engine) =>
        engine is null || ReferenceEquals(engine.Product, product) || engine.PolicyHash == PolicyFile.HashOf(product.Policy)
            ? engine
            : new DecisionEngine(product, engine.Package);

    private DecisionEngine? Earlier(LoanProduct product) =>
        registry.Champions(product.Id).Skip(1).Select(id => Load(id, product).DecisionEngine).FirstOrDefault(engine => engine is not null);

    private ModelRefusal? TakeShipped(string products, LoanProduct product)
    {
        try
        {
            ShippedModels.RegisterShipped(registry, products, product, clock.GetUtcNow());
            return null;
        }
        catch (Exception e) when (e is ModelPackageException or IOException or UnauthorizedAccessException)
        {
            return new ModelRefusal(null, e.Message);
        }
    }

    private (DecisionEngine? DecisionEngine, string? Why) Load(string id, LoanProduct product)
    {
        try
        {
            return (new DecisionEngine(product, registry.Read(id, product)), null);
        }
        catch (ModelPackageException e)
        {
            return (null, e.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Product {Product}: policy version {Version} ({Hash}) of the product file is recorded and decides from now on; "
            + "before it was version {BeforeVersion} ({BeforeHash}).")]
    private static partial void LogPolicy(
        ILogger log, string product, string version, string hash, string beforeVersion, string beforeHash);
}
