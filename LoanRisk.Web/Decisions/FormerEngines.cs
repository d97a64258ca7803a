using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Caching;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Decisions;

/// <summary>Models that once decided, opened again from the registry to be asked what else they would have decided.</summary>
public sealed class FormerEngines(ModelRegistry registry) : IDisposable
{
    private const int MostKept = 8;

    private readonly SingleFlight<(string Model, string Product, string Policy), Opened> _engines = new(MostKept);

    /// <summary>
    /// A model with a product's policy of today; null when it is gone, damaged, or of another schema than the product has now.
    /// </summary>
    /// <param name="modelId">The id, or its start, as a decision has it.</param>
    /// <param name="product">Its product as it is now.</param>
    /// <exception cref="Store.StoreException">The registry cannot be read.</exception>
    public DecisionEngine? Find(string modelId, LoanProduct product) =>
        _engines.Get((modelId, product.FileHash, PolicyOf(product)), _ => new(Open(modelId, product))).Engine;

    /// <inheritdoc/>
    public void Dispose() => _engines.Dispose();

    private static string PolicyOf(LoanProduct product) => Lending.ProductFiles.PolicyFile.HashOf(product.Policy);

    private DecisionEngine? Open(string modelId, LoanProduct product)
    {
        try
        {
            return registry.Find(modelId) is { } model ? new DecisionEngine(product, registry.Read(model.Id, product)) : null;
        }
        catch (Exception e) when (e is ModelPackageException or ModelStateException)
        {
            return null;
        }
    }

    private sealed record Opened(DecisionEngine? Engine);
}
