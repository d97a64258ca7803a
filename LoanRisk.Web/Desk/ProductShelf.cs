using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Desk;

/// <summary>The products on offer and the underwriter that serves each; a swap replaces one reference.</summary>
public sealed class ProductShelf
{
    /// <summary>All products, ordered by id.</summary>
    public IReadOnlyList<LoanProduct> Products => throw new NotImplementedException();

    /// <summary>The product of that id, or null.</summary>
    public LoanProduct? Find(string id) => throw new NotImplementedException();

    /// <summary>The underwriter that serves a product now, or null while it has no model.</summary>
    public Underwriter? Underwriter(string productId) => throw new NotImplementedException();
}
