using LoanRisk.Lending.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>What a product's challenger answers to the applications that were decided.</summary>
public sealed class ChallengerController(ProductCatalog catalog, ModelRegistry registry, ModelService service) : ApiController
{
    [HttpRead("/api/v1/products/{product}/challenger")]
    public async Task<IActionResult> Beside([FromRoute] string product)
    {
        if (catalog.Find(product) is not { } found)
        {
            return Answer(ProductProblems.Unknown(product, catalog));
        }

        if (registry.Challenger(found.Id) is not { } challenger)
        {
            return Answer(new ApiProblem(
                StatusCodes.Status404NotFound,
                $"{found.Name} has no challenger. Name one with `loanrisk models challenge ID`, or on its page."));
        }

        try
        {
            return Answer(ChallengerResponse.Of(
                found, await service.BesideAsync(found, RegisteredPackage.Read(registry, found, challenger), HttpContext.RequestAborted)));
        }
        catch (ModelPackageException e)
        {
            return Answer(new ApiProblem(
                StatusCodes.Status409Conflict, $"The challenger {ShortId.Of(challenger.Id)} can answer nothing: {e.Message}"));
        }
    }
}
