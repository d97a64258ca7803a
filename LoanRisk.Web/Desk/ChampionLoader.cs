using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Desk;

/// <summary>Finds what may serve a product: its champion in the registry, or while that one is refused, what served before it.</summary>
public sealed class ChampionLoader(ModelRegistry registry, TimeProvider clock)
{
    /// <summary>Takes the model that the product's folder ships, and finds who serves the product from the start.</summary>
    /// <param name="products">The folder of products.</param>
    /// <param name="product">The product.</param>
    /// <exception cref="StoreException">The registry cannot be read.</exception>
    public ShelfPlace Start(string products, LoanProduct product) => Renew(new ShelfPlace(product, null, TakeShipped(products, product)));

    /// <summary>Who serves a product by what the registry says now. A champion that is refused leaves the model that serves in its place.</summary>
    /// <exception cref="StoreException">The registry cannot be read.</exception>
    public ShelfPlace Renew(ShelfPlace before)
    {
        var folder = before.Refusal is { ModelId: null } shipped ? shipped : null;
        var champion = registry.Holder(before.Product.Id, ModelState.Champion)?.Id;
        if (champion is null || champion == before.Underwriter?.Package.Id)
        {
            return before with { Refusal = folder };
        }

        var (underwriter, why) = Load(champion, before.Product);
        return underwriter is not null
            ? new ShelfPlace(before.Product, underwriter, folder)
            : new ShelfPlace(before.Product, before.Underwriter ?? Earlier(before.Product), new ModelRefusal(champion, why!));
    }

    private Underwriter? Earlier(LoanProduct product) =>
        registry.Champions(product.Id).Skip(1).Select(id => Load(id, product).Underwriter).FirstOrDefault(underwriter => underwriter is not null);

    private ModelRefusal? TakeShipped(string products, LoanProduct product)
    {
        try
        {
            ShippedModels.Take(registry, products, product, clock.GetUtcNow());
            return null;
        }
        catch (Exception e) when (e is ModelPackageException or IOException or UnauthorizedAccessException)
        {
            return new ModelRefusal(null, e.Message);
        }
    }

    private (Underwriter? Underwriter, string? Why) Load(string id, LoanProduct product)
    {
        try
        {
            return (new Underwriter(product, registry.Read(id, product)), null);
        }
        catch (ModelPackageException e)
        {
            return (null, e.Message);
        }
    }
}
