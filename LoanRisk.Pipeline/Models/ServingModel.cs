using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Models;

/// <summary>The model that serves a product, for those who score without the site.</summary>
public static class ServingModel
{
    /// <summary>The product's champion in the registry, into which the shipped model comes first; null when there is none.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    public static ModelPackage? Of(ModelRegistry registry, string products, LoanProduct product, DateTimeOffset now)
    {
        ShippedModels.RegisterShipped(registry, products, product, now);
        return RegisteredPackage.Champion(registry, product)?.Package;
    }
}
