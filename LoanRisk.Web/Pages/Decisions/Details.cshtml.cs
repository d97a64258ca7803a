using LoanRisk.Store.Decisions;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>One decision with its reasons.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DetailsModel(DecisionStore store, ProductShelf shelf) : PageModel
{
    /// <summary>The decision in the product's words.</summary>
    public DecisionSheet Sheet { get; private set; } = null!;

    /// <summary>Share of bad loans in the model's training data, or null when another model serves by now.</summary>
    public double? Average { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
        {
            return NotFound();
        }

        Sheet = new(stored, shelf.Find(stored.Decision.Product));
        Average = AverageOf(stored);
        return Page();
    }

    private double? AverageOf(StoredDecision stored) =>
        shelf.Underwriter(stored.Decision.Product)?.Package is { } package
        && package.Id.StartsWith(stored.Decision.Model.Id, StringComparison.Ordinal)
            ? (double)package.Manifest.BadRows / package.Manifest.Rows
            : null;
}
