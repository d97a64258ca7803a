using LoanRisk.Pipeline.Figures;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>The products on offer, their features, and what moves the scores of the serving model.</summary>
public sealed class ProductsController(ProductCatalog catalog) : ApiController
{
    [HttpRead("/api/v1/products")]
    public IActionResult List() => Answer(ProductResponse.AllOf(catalog).Where(product => MayUse(product.Id)));

    [HttpRead("/api/v1/products/{product}/features")]
    public IActionResult Features([FromRoute] string product) =>
        About(catalog, product, found => Answer(
            new FeaturesResponse(found.Id, found.SchemaVersion, [.. found.Features.Select(FeatureResponse.Of)])));

    [HttpRead("/api/v1/products/{product}/importance")]
    public IActionResult Importance([FromRoute] string product) => About(catalog, product, found =>
    {
        var place = catalog.Place(found.Id);
        if (place.DecisionEngine?.Package is not { } package)
        {
            return Answer(ProductProblems.NoModel(place));
        }

        return ModelMetrics.Of(package.Files).Effects is { } effects
            ? Answer(new ImportanceResponse(
                found.Id,
                ProductResponse.ModelOf(package),
                effects.Loans,
                [.. effects.Features.Select(f => new ImportanceRow(f.Name, f.Label, f.MeanAbsolute, f.Share))]))
            : Answer(ProductProblems.NoFigures(package, "no contributions of its features"));
    });
}
