using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;
using LoanRisk.Store.People;
using LoanRisk.Web.Access;
using LoanRisk.Web.Serving;
using LoanRisk.Web.Wording;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using RegistryState = LoanRisk.Store.Models.ModelState;

namespace LoanRisk.Web.Pages.Models;

/// <summary>The registered models of one product or of all: which serves, which could, and what served when.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel(
    ModelRegistry registry, ProductCatalog catalog, ModelService service, ScoreComparisons comparisons, History acts) : PageModel
{
    private const int FewModels = 10;

    private const int FewPeriods = 10;

    /// <summary>The product that was asked for; null is all.</summary>
    public LoanProduct? Only { get; private set; }

    /// <summary>A section a product.</summary>
    public IReadOnlyList<ProductModels> Products { get; private set; } = [];

    /// <summary>Why nothing can be changed here; null when it can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>What was done last, or why it was not.</summary>
    [TempData]
    public string? Notice { get; set; }

    public IActionResult OnGet(string? product)
    {
        Only = product is null ? null : catalog.Find(product);
        if (product is not null && Only is null)
        {
            return NotFound();
        }

        WhyNot = AccessTable.May(Caller.Of(HttpContext), HttpMethods.Post, "/models")
            ? null
            : "A manager promotes, takes back and challenges; you may look.";
        Products = [.. catalog.Places.Where(place => Only is null || place.Product.Id == Only.Id).Select(Read)];
        return Page();
    }

    /// <summary>Takes the last promotion of a product back.</summary>
    public IActionResult OnPostRollBack(string product, string? reason)
    {
        if (catalog.Find(product) is not { } found)
        {
            return NotFound();
        }

        try
        {
            var champion = service.RollBack(found, Caller.NameOf(HttpContext), History.Reason(reason));
            acts.Add(HttpContext, ActKind.ModelChanged, $"rolled {found.Id} back to {champion.Id[..12]}", reason);
            Notice = $"Model {ShortId.Of(champion.Id)} serves {found.Name} again.";
        }
        catch (ModelStateException e)
        {
            Notice = e.Message;
        }

        return RedirectToPage(new { product = found.Id });
    }

    private ProductModels Read(ServedProduct place)
    {
        var (models, history) = (registry.List(place.Product.Id), registry.History(place.Product.Id));
        var shown = Only is null
            ? models.Where((model, i) => i < FewModels || model.State is RegistryState.Champion or RegistryState.Challenger)
            : models;
        return new ProductModels(
            place,
            [.. shown.Select(model => new ComparedModel(model, ModelMetrics.Of(registry.Files(model.Id))))],
            models.Count,
            [.. ServingPeriod.Of(history).Take(Only is null ? FewPeriods : int.MaxValue)],
            [.. PolicyPeriod.Of(history, registry.Policies(place.Product.Id)).Take(Only is null ? FewPeriods : int.MaxValue)],
            registry.Champions(place.Product.Id).ElementAtOrDefault(1),
            service.WhyNoWayBack(place.Product))
        {
            Scoring = place.DecisionEngine is { } engine
                ? ScoringText.Now(engine, comparisons.Of(place.Product.Id))
                : "",
        };
    }
}

/// <summary>A product's models.</summary>
/// <param name="Place">What serves it, and what is refused.</param>
/// <param name="Models">Models with their figures, the newest first.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Periods">What served when, the newest first.</param>
/// <param name="Policies">Which policy decided when, the newest first.</param>
/// <param name="Before">The champion that a rollback leads back to; null when there is none.</param>
/// <param name="WhyNoWayBack">Why that one cannot serve any more; null when it can.</param>
public sealed record ProductModels(
    ServedProduct Place,
    IReadOnlyList<ComparedModel> Models,
    int Count,
    IReadOnlyList<ServingPeriod> Periods,
    IReadOnlyList<PolicyPeriod> Policies,
    string? Before,
    string? WhyNoWayBack)
{
    /// <summary>Which models score its applications, and how often the two were compared; empty while nothing serves.</summary>
    public string Scoring { get; init; } = "";
}
