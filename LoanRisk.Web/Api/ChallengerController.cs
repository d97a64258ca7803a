using LoanRisk.Lending.Models;
using LoanRisk.Store.Models;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>What a product's challenger answers to the applications that were decided.</summary>
public sealed class ChallengerController(ProductShelf shelf, ModelRegistry registry, ModelDesk desk) : ApiController
{
    [HttpRead("/api/v1/products/{product}/challenger")]
    public async Task<IActionResult> Beside([FromRoute] string product)
    {
        if (shelf.Find(product) is not { } found)
        {
            return Answer(ApiProblem.UnknownProduct(product, shelf));
        }

        if (registry.Holder(found.Id, Store.Models.ModelState.Challenger) is not { } challenger)
        {
            return Answer(new ApiProblem(StatusCodes.Status404NotFound, $"{found.Name} has no challenger. Name one with `loanrisk models challenge ID`, or on its page."));
        }

        try
        {
            return Answer(ChallengerAnswer.Of(found, await desk.BesideAsync(found, RegisteredPackage.Read(registry, found, challenger), HttpContext.RequestAborted)));
        }
        catch (ModelPackageException e)
        {
            return Answer(new ApiProblem(StatusCodes.Status409Conflict, $"The challenger {challenger.Id[..12]} can answer nothing: {e.Message}"));
        }
    }
}
