using LoanRisk.Store.Decisions;
using LoanRisk.Web.Access;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>Stored decisions and what became of the loans, for programs.</summary>
public sealed class DecisionsController(
    DecisionStore store, ProductCatalog catalog, TimeProvider clock) : ApiController
{
    /// <summary>Bytes the report of an outcome may have.</summary>
    internal const int MaxReportBytes = 4 * 1024;

    [HttpRead("/api/v1/decisions/{id}")]
    public async Task<IActionResult> Get([FromRoute] string id)
    {
        if ((string?)Request.Query[ApplicationFields.Explain] is not (null or "true" or "false"))
        {
            return Answer(ApiProblem.OfFields(
                [new(ApplicationFields.Explain, Lending.Applications.FieldProblemKind.WrongType, "explain is true or false.")]));
        }

        return await AnswerStored(id, Request.Query[ApplicationFields.Explain] == "true");
    }

    [HttpPost("/api/v1/decisions/{id}/outcome")]
    public async Task<IActionResult> PostOutcome([FromRoute] string id)
    {
        using var body = await JsonBody.ReadTextsAsync(Request, MaxReportBytes);
        if (body.Problem is { } unreadable)
        {
            return Answer(unreadable);
        }

        var (outcome, problem) = OutcomeReport.Read(body.Root, id, clock.GetUtcNow());
        return problem is not null ? Answer(problem)
            : Caller.Of(HttpContext) is { Products: not null } && await FindAsync(id) is null ? Answer(Unknown)
            : await Report(outcome!);
    }

    private async Task<IActionResult> Report(ReportedOutcome outcome)
    {
        try
        {
            await store.ReportAsync([outcome], HttpContext.RequestAborted);
        }
        catch (UnknownDecisionException)
        {
            return Answer(Unknown);
        }
        catch (EarlyOutcomeException e)
        {
            return Answer(OutcomeReport.TooEarly(outcome, e.Earliest));
        }

        return await AnswerStored(outcome.DecisionId, explain: false);
    }

    // Of a product that the key is not for, there are no decisions.
    private async Task<StoredDecision?> FindAsync(string id) =>
        await store.FindAsync(id, HttpContext.RequestAborted) is { } stored && MayUse(stored.Decision.Product) ? stored : null;

    private async Task<IActionResult> AnswerStored(string id, bool explain)
    {
        if (await FindAsync(id) is not { } stored)
        {
            return Answer(Unknown);
        }

        DecisionResponse answer = new StoredResponse(stored, await store.OutcomeAsync(id, HttpContext.RequestAborted));
        return Answer(explain ? answer.Explained(stored.Decision, catalog.Find(stored.Decision.Product)) : answer);
    }

    /// <summary>No decision has that id.</summary>
    internal static ApiProblem Unknown =>
        new(StatusCodes.Status404NotFound, "There is no decision of that id; an id is the decisionId of an answer.");
}
