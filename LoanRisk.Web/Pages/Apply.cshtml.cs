using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Forms;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages;

/// <summary>The application form of a product; <c>/</c> is that of the default product.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ApplyModel(
    ProductCatalog catalog, DecisionService service, DecisionStore store, StoredRows rows, History history) : PageModel
{
    /// <summary>Name of the field that carries the id of <see cref="Earlier"/>; no field of an application starts so.</summary>
    public const string EarlierField = "__from";

    /// <summary>Name of the field of <see cref="Reference"/>.</summary>
    public const string ReferenceField = "__reference";

    /// <summary>The form and what stands in it.</summary>
    public ApplicationForm Form { get; private set; } = null!;

    /// <summary>Who will decide; null while the product has no model.</summary>
    public DecisionEngine? DecisionEngine { get; private set; }

    /// <summary>Why the product's model must not be used; null when it may, or when there is none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The decision whose values filled the form to be changed, or null.</summary>
    public StoredDecision? Earlier { get; private set; }

    /// <summary>The number that the lender has for the application, as it was typed.</summary>
    public string? Reference { get; private set; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? ReferenceProblem { get; private set; }

    /// <summary>The example that fills the form, or null.</summary>
    public ExampleApplicant? Example { get; private set; }

    /// <summary>The search for a stored row; null for a product whose rows have no id to find them by.</summary>
    public StoredRowSearch? Search { get; private set; }

    /// <summary>
    /// The address that shows this form again: a refused one was answered to a post, and opening that again would send it again.
    /// </summary>
    public string Again => $"/apply/{Form.Product.Id}{(Earlier is { } earlier ? QueryString.Create("from", earlier.Id) : default)}";

    /// <summary>The page's title; a refused form says so first, for those who hear it read.</summary>
    public string Title => DecisionEngine is null
        ? $"{Form.Product.Name} has no model yet"
        : $"{(IsRefused ? "Error: " : "")}{Form.Product.Name} application";

    private bool IsRefused => Form.Problems.Count > 0 || (ReferenceProblem ?? Search?.Problem) is not null;

    /// <summary>The form: empty, or filled by an example, by an earlier decision or by a stored row.</summary>
    public async Task<IActionResult> OnGetAsync(
        string? product, string? example, string? from, string? find, CancellationToken cancellationToken)
    {
        if (product is null && StartPage.Of(Caller.Of(HttpContext)) is var start && start != StartPage.Form)
        {
            return LocalRedirect(start);
        }

        if (Open(product) is { } refusal)
        {
            return refusal;
        }

        if (from is { Length: > 0 })
        {
            return await FillFromAsync(from, cancellationToken);
        }

        if (find is not null && Search is not null)
        {
            return Find(find);
        }

        Example = int.TryParse(example, out var index) ? Form.Product.Examples.ElementAtOrDefault(index) : null;
        if (Example is not null)
        {
            Form = ApplicationForm.Filled(Form.Product, Example.Values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        }

        return Page();
    }

    /// <summary>
    /// Decides and leads to the decision; otherwise the form again, as it was sent, with what is wrong and status 400 like the API's.
    /// </summary>
    public async Task<IActionResult> OnPostAsync(string? product, CancellationToken cancellationToken)
    {
        if (Open(product) is { } refusal)
        {
            return refusal;
        }

        Earlier = await EarlierAsync(Request.Form[EarlierField].ToString(), cancellationToken);
        var typed = ApplicationForm.Typed(Request.Form);
        var fields = typed.Select(pair => KeyValuePair.Create(pair.Key, FieldValue.OfText(pair.Value))).ToList();
        Reference = TypedReference(Request.Form);
        ReferenceProblem = CallerReference.WhyNot(Reference);
        if (ReferenceProblem is null)
        {
            var application = new SubmittedApplication(fields, InputStyle.Screen, Origin.Form, Earlier?.Id) { Reference = Reference };
            var answer = await service.DecideAsync(Form.Product, application, cancellationToken);
            if (answer.Decision is { } decision)
            {
                history.Add(HttpContext, ActKind.Decision, decision.Id);
                return RedirectToPage("/Decisions/Details", new { id = decision.Id });
            }

            Form = ApplicationForm.Refused(Form.Product, typed, answer.Problems);
        }
        else
        {
            Form = ApplicationForm.Refused(Form.Product, typed, []);
        }

        return new PageResult { StatusCode = StatusCodes.Status400BadRequest };
    }

    /// <summary>Looks for a stored row and leads to the form that it fills; otherwise the form again, with all that stood in it.</summary>
    public IActionResult OnPostFind(string? product)
    {
        if (Open(product) is { } refusal)
        {
            return refusal;
        }

        if (Search is null)
        {
            return NotFound();
        }

        var answer = Find(Request.Form[StoredRowSearch.Field].ToString());
        if (Search.Row is not null)
        {
            return RedirectToPage("/Apply", new { product = Form.Product.Id, find = Search.Text });
        }

        Reference = TypedReference(Request.Form);
        Form = ApplicationForm.Refused(Form.Product, ApplicationForm.Typed(Request.Form), []);
        return answer;
    }

    private PageResult Find(string text)
    {
        Search = StoredRowSearch.For(Form.Product, text, rows);
        if (Search.Row is { } row)
        {
            Form = ApplicationForm.Filled(Form.Product, Form.Product.FeatureNames.Zip(row.Values, KeyValuePair.Create));
        }

        return new PageResult { StatusCode = Search.Status };
    }

    private async Task<IActionResult> FillFromAsync(string from, CancellationToken cancellationToken)
    {
        Earlier = await store.FindAsync(from, cancellationToken);
        if (Earlier is null || Earlier.Decision.Product != Form.Product.Id)
        {
            return Earlier is null ? NotFound() : RedirectToPage("/Apply", new { product = Earlier.Decision.Product, from });
        }

        Reference = Earlier.Reference;
        Form = ApplicationForm.Filled(Form.Product, Earlier.Decision.Features.Zip(Earlier.Decision.Values, KeyValuePair.Create));
        return Page();
    }

    // Another product's decision, or none, is no reason to refuse an application.
    private async Task<StoredDecision?> EarlierAsync(string id, CancellationToken cancellationToken) =>
        id.Length > 0 && await store.FindAsync(id, cancellationToken) is { } found && found.Decision.Product == Form.Product.Id
            ? found
            : null;

    private IActionResult? Open(string? productId)
    {
        var product = productId is null ? catalog.Default : catalog.Find(productId);
        if (product is null)
        {
            // The page of models tells what is wrong with a product that is not served, and what is.
            return catalog.Broken.Any(b => b.Id == (productId ?? catalog.DefaultId)) ? RedirectToPage("/Models/Index") : NotFound();
        }

        Form = ApplicationForm.Empty(product);
        Search = StoredRowSearch.Fresh(product);
        var place = catalog.Place(product.Id);
        DecisionEngine = place.DecisionEngine;
        Refusal = place.Trouble;
        return DecisionEngine is null ? new PageResult { StatusCode = StatusCodes.Status503ServiceUnavailable } : null;
    }

    private static string? TypedReference(IFormCollection form) =>
        form[ReferenceField].ToString().Trim() is { Length: > 0 } text ? text : null;
}
