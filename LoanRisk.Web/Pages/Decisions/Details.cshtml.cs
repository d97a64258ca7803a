using LoanRisk.Reports.Format;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>One decision with its reasons.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DetailsModel(DecisionStore store, ProductCatalog catalog) : PageModel
{
    private const int MostChanges = 10;

    /// <summary>The decision in the product's words.</summary>
    public DecisionSheet Sheet { get; private set; } = null!;

    /// <summary>The decision whose values were changed to make this one, or null.</summary>
    public StoredDecision? ChangedFrom { get; private set; }

    /// <summary>The decisions that were made by changing this one's values, the newest first.</summary>
    public IReadOnlyList<DecisionSummary> ChangedInto { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
        {
            return NotFound();
        }

        Sheet = new(stored, catalog.Find(stored.Decision.Product));
        ChangedFrom = stored.ChangedFrom is { } earlier ? await store.FindAsync(earlier, cancellationToken) : null;
        ChangedInto = await store.ChangedIntoAsync(id, MostChanges, cancellationToken);
        return Page();
    }

    /// <summary>How those fared that the model learned from; nothing when another model serves by now.</summary>
    public string? Comparison(DecisionSheet sheet) =>
        catalog.DecisionEngine(sheet.Stored.Decision.Product)?.Package is { } package
        && package.Id.StartsWith(sheet.Stored.Decision.Model.Id, StringComparison.Ordinal)
        && package.Manifest.BadRows > 0 // an imported model does not say
            ? $"Of all {sheet.Subject.Many} the model learned from, "
                + $"{ProbabilityText.Percent((double)package.Manifest.BadRows / package.Manifest.Rows)} were {sheet.Noun}."
            : null;
}
