using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Reports.Format;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Forms;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Decisions;

/// <summary>One decision with its reasons.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DetailsModel(DecisionStore store, ProductCatalog catalog, WhatIfService whatIf) : PageModel
{
    private const int MostChanges = 10;

    /// <summary>The decision in the product's words.</summary>
    public DecisionSheet Sheet { get; private set; } = null!;

    /// <summary>The decision whose values were changed to make this one, or null.</summary>
    public StoredDecision? ChangedFrom { get; private set; }

    /// <summary>The decisions that were made by changing this one's values, the newest first.</summary>
    public IReadOnlyList<DecisionSummary> ChangedInto { get; private set; } = [];

    /// <summary>What would lead to a better outcome; null after an approval, or when no model can be asked.</summary>
    public RecourseSheet? Recourse { get; private set; }

    /// <summary>The form to try other values; null when no model can be asked.</summary>
    public WhatIfSheet? WhatIf { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await OpenAsync(id, cancellationToken) ? Page() : NotFound();

    /// <summary>Shows what would be decided with the values that were sent, beside what was; nothing is stored.</summary>
    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        if (!await OpenAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (WhatIf is null)
        {
            return new PageResult { StatusCode = StatusCodes.Status409Conflict };
        }

        var typed = ApplicationForm.Typed(Request.Form);
        var fields = typed.Select(pair => KeyValuePair.Create(pair.Key, FieldValue.OfText(pair.Value))).ToList();
        var answer = whatIf.Decide(WhatIf.Again, new SubmittedApplication(fields, InputStyle.Screen, Origin.Form));
        var product = WhatIf.Again.Engine.Product;
        WhatIf = WhatIf with { Form = ApplicationForm.Refused(product, typed, answer.Problems), Answer = answer.Decision };
        return answer.Decision is null ? new PageResult { StatusCode = StatusCodes.Status400BadRequest } : Page();
    }

    private async Task<bool> OpenAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
        {
            return false;
        }

        Sheet = new(stored, catalog.Find(stored.Decision.Product));
        ChangedFrom = stored.ChangedFrom is { } earlier ? await store.FindAsync(earlier, cancellationToken) : null;
        ChangedInto = await store.ChangedIntoAsync(id, MostChanges, cancellationToken);
        await AskAgainAsync(stored, cancellationToken);
        return true;
    }

    // A stored decision is shown whatever has become of its model.
    private async Task AskAgainAsync(StoredDecision stored, CancellationToken cancellationToken)
    {
        try
        {
            if (await whatIf.AgainAsync(stored) is { } again)
            {
                Recourse = stored.Decision.Outcome == Outcome.Approve
                    ? null
                    : new(again, await whatIf.RecourseAsync(again, cancellationToken));
                var product = again.Engine.Product;
                var values = product.FeatureNames.Zip(again.Application.Values, KeyValuePair.Create);
                WhatIf = new(again, ApplicationForm.Filled(product, values));
            }
        }
        catch (Exception e) when (e is ServiceUnavailableException or StoreException)
        {
        }
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
