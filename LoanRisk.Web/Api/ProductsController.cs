using LoanRisk.Pipeline.Models.Figures;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>The products on offer, their features, and what moves the scores of the serving model.</summary>
public sealed class ProductsController(ProductShelf shelf) : ApiController
{
    [HttpRead("/api/v1/products")]
    public IActionResult List() => Answer(ProductAnswer.AllOf(shelf));

    [HttpRead("/api/v1/products/{product}/features")]
    public IActionResult Features([FromRoute] string product) =>
        About(shelf, product, found => Answer(new FeaturesAnswer(found.Id, found.SchemaVersion, [.. found.Features.Select(FeatureAnswer.Of)])));

    [HttpRead("/api/v1/products/{product}/importance")]
    public IActionResult Importance([FromRoute] string product) => About(shelf, product, found =>
    {
        var place = shelf.Place(found.Id);
        if (place.Underwriter?.Package is not { } package)
        {
            return Answer(ApiProblem.NoModel(place));
        }

        return ModelFigures.Of(package.Files).Effects is { } effects
            ? Answer(new ImportanceAnswer(found.Id, ProductAnswer.ServingModelOf(place)!, effects.Loans, [.. effects.Features.Select(f => new ImportanceRow(f.Name, f.Label, f.MeanAbsolute, f.Share))]))
            : Answer(ApiProblem.NoFigures(package, "no contributions of its features"));
    });
}
