using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Data;

/// <summary>Work was asked for on a product's ingested data, and nothing was ingested for it yet.</summary>
/// <param name="product">The product.</param>
public sealed class NoIngestedDataException(LoanProduct product) : InvalidInputException($"{product.Name} has no ingested data.")
{
    /// <summary>Id of the product.</summary>
    public string Product { get; } = product.Id;
}
