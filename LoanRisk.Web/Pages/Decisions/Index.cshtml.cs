using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>The decision list: newest first, a page at a time, searched by the start of the id or the lender's reference.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel(DecisionStore store, ProductCatalog catalog) : PageModel
{
    private const int PageSize = 25;

    /// <summary>The lines of this page.</summary>
    public IReadOnlyList<DecisionSummary> Decisions { get; private set; } = [];

    /// <summary>The start of an id, or the reference, that was searched for; or null.</summary>
    public string? Id { get; private set; }

    /// <summary>The decision this page continues after, or null on the first page.</summary>
    public string? Before { get; private set; }

    /// <summary>The decision the next page continues after, or null on the last.</summary>
    public string? Next { get; private set; }

    public async Task OnGetAsync(string? id, string? before, CancellationToken cancellationToken)
    {
        Id = string.IsNullOrWhiteSpace(id) ? null : id.Trim();
        Before = string.IsNullOrWhiteSpace(before) ? null : before;
        var found = await store.NewestAsync(PageSize + 1, Id, Before, cancellationToken);
        Decisions = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Decisions[^1].Id : null;
    }

    /// <summary>The query of another page of the same search.</summary>
    public QueryString Query(string? before)
    {
        var query = Id is null ? default : QueryString.Create("id", Id);
        return before is null ? query : query.Add("before", before);
    }

    /// <summary>A product whose form can be filled in; null while no product has a model.</summary>
    public LoanProduct? Served => catalog.Served;

    /// <summary>What the product calls the outcomes.</summary>
    public PolicyText Words(DecisionSummary line) => catalog.Find(line.Product)?.Policy.Words ?? PolicyText.Usual;

    /// <summary>The product's name, or its id when it is no longer on offer.</summary>
    public string ProductName(DecisionSummary line) => catalog.Find(line.Product)?.Name ?? line.Product;
}
