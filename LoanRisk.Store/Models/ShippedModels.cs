using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Store.Models;

/// <summary>Brings the champion that a product's folder ships into the registry.</summary>
public static class ShippedModels
{
    private const string Shipper = "product folder";

    /// <summary>
    /// Registers the shipped package if it is new, and promotes it when the product has no champion or a shipped one: what was promoted here is never
    /// pushed aside by a deploy.
    /// </summary>
    /// <param name="registry">The registry.</param>
    /// <param name="folder">The folder of products.</param>
    /// <param name="product">The product.</param>
    /// <param name="now">The time of registration.</param>
    /// <returns>The shipped model, or null when the product ships none.</returns>
    /// <exception cref="ModelPackageException">The package is damaged or of another product or schema.</exception>
    public static RegisteredModel? Take(ModelRegistry registry, string folder, LoanProduct product, DateTimeOffset now)
    {
        if (ProductFolder.ReadChampion(folder, product) is not { } package)
        {
            return null;
        }

        if (registry.List(product.Id).FirstOrDefault(model => model.Id == package.Id) is { } known)
        {
            return known;
        }

        var champion = registry.Holder(product.Id, ModelState.Champion);
        var model = registry.Register(package, ModelSource.Shipped, new Deed(Shipper, now));
        return model.State == ModelState.Candidate && champion is (null or { Source: ModelSource.Shipped })
            ? registry.Promote(model.Id, new Promotion(new Deed(Shipper, now, "It is the model that ships with the product."), champion?.Id))
            : model;
    }
}
