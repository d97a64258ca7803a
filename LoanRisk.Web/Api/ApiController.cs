using LoanRisk.Lending.Products;
using LoanRisk.Web.Access;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>What all controllers of the API share: JSON answers, and problems in JSON.</summary>
[ApiExplorerSettings(IgnoreApi = true)] // the description is written from the product files
[RouteValuesOnly]
[IgnoreAntiforgeryToken] // no cookie says who calls, so there is nothing to forge
public abstract class ApiController : Controller
{
    /// <summary>Whether the key that was shown is for a product.</summary>
    private protected bool MayUse(string product) => Caller.Of(HttpContext) is { } caller && caller.MayUse(product);

    private protected static JsonResult Answer(object answer) => new(answer, ApiJson.Options);

    private protected static JsonResult Answer(ApiProblem problem) => new ProblemResult(problem);

    /// <summary>Answers about the product of that id, or says that there is none.</summary>
    private protected static IActionResult About(ProductCatalog catalog, string id, Func<LoanProduct, IActionResult> answer) =>
        catalog.Find(id) is { } product ? answer(product) : Answer(ProductProblems.Unknown(id, catalog));
}
