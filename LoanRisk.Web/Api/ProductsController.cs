using LoanRisk.Training.Registry;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>The products on offer, their features, and what the serving model uses them for.</summary>
public sealed class ProductsController(ProductShelf shelf) : ApiController
{
    [HttpGet("/api/v1/products")]
    public IActionResult List() => Answer(shelf.Places.Select(ProductAnswer.Of).ToList());

    [HttpGet("/api/v1/products/{product}/features")]
    public IActionResult Features([FromRoute] string product) =>
        About(shelf, product, found => Answer(new FeaturesAnswer(found.Id, found.SchemaVersion, [.. found.Features.Select(FeatureAnswer.Of)])));

    [HttpGet("/api/v1/products/{product}/importance")]
    public IActionResult Importance([FromRoute] string product) => About(shelf, product, found =>
    {
        var place = shelf.Place(found.Id);
        if (place.Underwriter?.Package is not { } package)
        {
            return Answer(ApiProblem.NoModel(found));
        }

        var shares = ModelFigures.Of(package.Files).Gains?.ToDictionary(gain => gain.Feature, gain => gain.Share, StringComparer.Ordinal);
        return shares is null
            ? Answer(ApiProblem.NoFigures(package, "no shares of gain"))
            : Answer(new ImportanceAnswer(found.Id, ProductAnswer.ServingModelOf(place)!, [.. found.Features.Where(feature => shares.ContainsKey(feature.Name))
                .Select(feature => new ImportanceRow(feature.Name, feature.Label, shares[feature.Name])).OrderByDescending(row => row.Share)]));
    });
}
