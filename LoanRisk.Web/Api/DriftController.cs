using LoanRisk.Web.Drift;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>How a product's decisions have drifted from the rows of training.</summary>
public sealed class DriftController(ProductCatalog catalog, DriftService service) : ApiController
{
    [HttpRead("/api/v1/products/{product}/drift")]
    public IActionResult Get([FromRoute] string product) => About(
        catalog,
        product,
        found => catalog.Place(found.Id) is { DecisionEngine: { } engine } place
            ? Answer(DriftResponse.Of(service.Of(place.Product, engine.Package)))
            : Answer(ProductProblems.NoModel(catalog.Place(found.Id))));
}
