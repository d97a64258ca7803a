using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>What would be decided, and what would have to change for a better outcome, for programs. Nothing is stored.</summary>
public sealed class WhatIfController(WhatIfService service, DecisionStore store, ProductCatalog catalog) : ApiController
{
    [HttpPost("/api/products/{product}/whatif")]
    [HttpPost("/api/v1/products/{product}/whatif")]
    public Task<IActionResult> PostWhatIf([FromRoute] string product) => WithApplication(product, async (found, application) =>
    {
        var explain = (string?)Request.Query[ApplicationFields.Explain];
        if (explain is not (null or "true" or "false"))
        {
            return Answer(ApiProblem.OfFields([new(ApplicationFields.Explain, FieldProblemKind.WrongType, "explain is true or false.")]));
        }

        var answer = await service.DecideAsync(found, application);
        return answer.Decision is not { } decision ? Answer(ApiProblem.OfFields(answer.Problems))
            : Answer(explain == "true" ? new WhatIfResponse(decision).Explained(decision, found) : (object)new WhatIfResponse(decision));
    });

    [HttpPost("/api/products/{product}/recourse")]
    [HttpPost("/api/v1/products/{product}/recourse")]
    public Task<IActionResult> PostRecourse([FromRoute] string product) => WithApplication(product, async (found, application) =>
    {
        var (answer, problems) = await service.RecourseAsync(found, application, HttpContext.RequestAborted);
        return answer is not null ? Answer(RecourseResponse.Of(answer, found)) : Answer(ApiProblem.OfFields(problems));
    });

    [HttpRead("/api/v1/decisions/{id}/recourse")]
    public async Task<IActionResult> GetRecourse([FromRoute] string id)
    {
        if (await store.FindAsync(id, HttpContext.RequestAborted) is not { } stored)
        {
            return Answer(DecisionsController.Unknown);
        }

        if (await service.AgainAsync(stored) is not { } again)
        {
            return Answer(new ApiProblem(
                StatusCodes.Status409Conflict,
                "The decision cannot be made again: its product is no longer on offer or has no model, or no longer takes its values."));
        }

        var answer = await service.RecourseAsync(again, HttpContext.RequestAborted);
        return Answer(RecourseResponse.Of(answer, again.Engine.Product, again));
    }

    private async Task<IActionResult> WithApplication(
        string id, Func<LoanProduct, SubmittedApplication, Task<IActionResult>> answer)
    {
        if (catalog.Find(id) is not { } product)
        {
            return Answer(ProductProblems.Unknown(id, catalog));
        }

        using var body = await JsonBody.ReadAsync(Request, PredictController.MaxApplicationBytes);
        if (body.Problem is { } unreadable)
        {
            return Answer(unreadable);
        }

        var fields = ApplicationFields.OfJson(body.Root, product);
        return fields.Refusal is { } refusal
            ? Answer(refusal)
            : await answer(product, new SubmittedApplication(fields.Fields, InputStyle.Json, Origin.Api));
    }
}
