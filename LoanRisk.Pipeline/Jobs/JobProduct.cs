using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>The product that a job is about, as it decides now: its file, with the policy in force.</summary>
internal static class JobProduct
{
    /// <exception cref="InvalidInputException">It is gone, or its file is broken.</exception>
    public static LoanProduct Find(JobServices services, string id)
    {
        var (products, broken, _) = OfferedProducts.Read(services.Products, services.Registry.ProductFiles);
        return products.FirstOrDefault(product => product.Id == id) is { } found
            ? PolicyInForce.Of(found, services.Registry.Policy(id)).Product
            : throw new InvalidInputException(broken.FirstOrDefault(product => product.Id == id) is { } fault
                ? $"Product {id} cannot be used: {fault.Why}"
                : $"There is no product {id} any more.");
    }
}
