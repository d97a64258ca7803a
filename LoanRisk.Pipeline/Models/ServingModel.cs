using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;

namespace LoanRisk.Pipeline.Models;

/// <summary>The model that serves a product, for those who score without the site. Nothing is registered or promoted here.</summary>
public static class ServingModel
{
    /// <summary>
    /// The product's champion in the registry; where it has none that can serve, the model that the product ships, which the site makes its
    /// champion when it starts. Null when there is neither.
    /// </summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    public static RegisteredPackage? Of(ModelRegistry registry, string products, LoanProduct product) =>
        ShippedInPlace(registry, products, product) ?? RegisteredPackage.Champion(registry, product);

    /// <summary>The model that a product ships, where it serves because the registry has no champion that can; null otherwise.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    public static RegisteredPackage? ShippedInPlace(ModelRegistry registry, string products, LoanProduct product) =>
        CanServe(registry.Champion(product.Id), product) ? null : Shipped(registry, products, product);

    /// <summary>The model that a product ships, with its line of the registry or one as it will have; null when it ships none.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    internal static RegisteredPackage? Shipped(ModelRegistry registry, string products, LoanProduct product)
    {
        if (ProductFolder.ReadChampion(products, product) is not { } package)
        {
            return null;
        }

        var line = registry.List(product.Id).FirstOrDefault(model => model.Id == package.Id) ?? Unregistered(package);
        var serves = !CanServe(registry.Champion(product.Id), product);
        return new RegisteredPackage(serves ? line with { State = ModelState.Champion } : line, package);
    }

    // A champion of another schema can serve nobody.
    private static bool CanServe(RegisteredModel? champion, LoanProduct product) => champion?.SchemaVersion == product.SchemaVersion;

    private static RegisteredModel Unregistered(ModelPackage package) => new()
    {
        Id = package.Id,
        Product = package.Manifest.Product,
        SchemaVersion = package.Manifest.SchemaVersion,
        State = ModelState.Candidate,
        Kind = ShippedModels.KindOf(package),
        Source = ModelSource.Shipped,
        TrainedAt = package.Manifest.TrainedAt,
        RegisteredAt = package.Manifest.TrainedAt,
        RegisteredBy = "nobody",
    };
}
