using System.Collections.Concurrent;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Store;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Finds what may serve a product: its champion in the registry, or while that one is refused, what served before it; and the policy that
/// was recorded beside it.
/// </summary>
public sealed partial class ChampionLoader(
    ModelRegistry registry, ScoringSetting scoring, TimeProvider clock, ILogger<ChampionLoader> log)
{
    private const string Recorder = "product folder";

    // Models whose ML.NET model turned out to be another one after they had been taken.
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>Takes the model that the product's folder ships, and finds who serves the product from the start.</summary>
    /// <param name="products">The folder of products.</param>
    /// <param name="product">The product as its file has it.</param>
    /// <param name="file">Its file, where that is the one in the database.</param>
    /// <exception cref="StoreException">The registry cannot be read or written to.</exception>
    /// <remarks>Its ML.NET model is loaded when it is first asked for: the first decision waits for it, not the start.</remarks>
    public ServedProduct Start(string products, LoanProduct product, PushedProduct? file = null) =>
        Renew(new ServedProduct(product, null, TakeShipped(products, product)) { File = file }, isProven: false);

    /// <summary>
    /// Who serves a product by what the registry says now; a policy of the product file that is new is recorded. A champion that is refused
    /// leaves the model that serves in its place.
    /// </summary>
    /// <exception cref="StoreException">The registry cannot be read or written to.</exception>
    public ServedProduct Renew(ServedProduct before) => Renew(before, isProven: true);

    /// <summary>Waits until the ML.NET model that serves a product is proven.</summary>
    /// <returns>False when it holds other trees than the text: the model is refused from now on.</returns>
    public async Task<bool> ProveAsync(ServedProduct place)
    {
        try
        {
            await (place.Embedded?.Loading ?? Task.CompletedTask);
            return true;
        }
        catch (ModelPackageException e)
        {
            _refused[place.DecisionEngine!.Package.Id] = e.Message;
            return false;
        }
    }

    private ServedProduct Renew(ServedProduct before, bool isProven) => Renewed(before, isProven) with { File = before.File };

    private ServedProduct Renewed(ServedProduct before, bool isProven)
    {
        var policy = PolicyOf(before);
        var folder = before.Refusal is { ModelId: null } shipped ? shipped : null;
        var champion = registry.Champion(policy.Product.Id)?.Id;
        var serving = policy.IsUsable && !IsRefused(before) ? With(policy.Product, before) : null;
        if (!policy.IsUsable || champion is null || champion == serving?.Engine.Package.Id)
        {
            return Served(policy, serving, folder);
        }

        var (model, why) = Load(champion, policy.Product, isProven);
        return model is not null
            ? Served(policy, model, folder)
            : Served(policy, serving ?? Earlier(policy.Product), new ModelRefusal(champion, why!));
    }

    private static ServedProduct Served(PolicyInForce policy, LoadedModel? model, ModelRefusal? refusal) =>
        new(policy, model?.Engine, refusal) { Embedded = model?.Embedded };

    private bool IsRefused(ServedProduct place) => place.DecisionEngine is { } engine && _refused.ContainsKey(engine.Package.Id);

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

    private static LoadedModel? With(LoanProduct product, ServedProduct before) => before.DecisionEngine is not { } engine
        ? null
        : new LoadedModel(HasPolicy(engine, product) ? engine : engine.With(product), before.Embedded);

    private static bool HasPolicy(DecisionEngine engine, LoanProduct product) =>
        ReferenceEquals(engine.Product, product) || engine.PolicyHash == PolicyFile.HashOf(product.Policy);

    private LoadedModel? Earlier(LoanProduct product) => registry.Champions(product.Id).Skip(1)
        .Select(id => Load(id, product, isProven: true).Model)
        .FirstOrDefault(model => model is not null);

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

    // A model that takes another's place is proven before it does.
    private (LoadedModel? Model, string? Why) Load(string id, LoanProduct product, bool isProven)
    {
        if (_refused.TryGetValue(id, out var why))
        {
            return (null, why);
        }

        try
        {
            var package = registry.Read(id, product);
            var embedded = scoring.Mode == ScoringMode.Engine ? null : EmbeddedScorer.Of(product, package);
            if (isProven)
            {
                embedded?.Loading.GetAwaiter().GetResult();
            }

            var engine = new DecisionEngine(product, package, embedded is null ? null : embedded.RawScore, scoring.Mode);
            return (new LoadedModel(engine, embedded), null);
        }
        catch (ModelPackageException e)
        {
            return (null, e.Message);
        }
    }

    private sealed record LoadedModel(DecisionEngine Engine, EmbeddedScorer? Embedded);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Product {Product}: policy version {Version} ({Hash}) of the product file is recorded and decides from now on; "
            + "before it was version {BeforeVersion} ({BeforeHash}).")]
    private static partial void LogPolicy(
        ILogger log, string product, string version, string hash, string beforeVersion, string beforeHash);
}
