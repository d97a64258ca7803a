using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Idempotency;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>
/// Decisions about one application or many, for programs. The body is read by hand, as every deviation gets an answer of its own.
/// </summary>
public sealed class PredictController(DecisionService service, ProductCatalog catalog) : ApiController
{
    /// <summary>Bytes one application may have.</summary>
    internal const int MaxApplicationBytes = 64 * 1024;

    /// <summary>Applications a batch may have.</summary>
    internal const int MaxBatch = 1000;

    [HttpPost("/api/predict")]
    [HttpPost("/api/products/{product}/predict")]
    [HttpPost("/api/v1/products/{product}/predict")]
    public Task<IActionResult> Post([FromRoute] string? product) => WithProduct(product, async (found, explain) =>
    {
        using var body = await JsonBody.ReadAsync(Request, MaxApplicationBytes);
        return body.Problem is { } problem
            ? Answer(problem)
            : await Decide(found, ApplicationFields.OfJson(body.Root, found), InputStyle.Json, explain);
    });

    [HttpGet("/api/predict")]
    [HttpGet("/api/products/{product}/predict")]
    public Task<IActionResult> Get([FromRoute] string? product) =>
        WithProduct(
            product,
            (found, explain) => Decide(found, ApplicationFields.OfQuery(Request.QueryString, found), InputStyle.Text, explain));

    [HttpPost("/api/products/{product}/predict/batch")]
    [HttpPost("/api/v1/products/{product}/predict/batch")]
    public Task<IActionResult> PostBatch([FromRoute] string product) => WithProduct(product, async (found, explain) =>
    {
        using var body = await JsonBody.ReadAsync(Request, Hosting.HostingFeature.MaxRequestBytes);
        return (body.Problem ?? BatchDecisions.ProblemOf(body.Root)) is { } problem
            ? Answer(problem)
            : Answer(await new BatchDecisions(service, found, explain).DecideAsync(body.Root, HttpContext));
    });

    private async Task<IActionResult> WithProduct(string? id, Func<LoanProduct, bool, Task<IActionResult>> decide)
    {
        var product = id is null ? catalog.Default : catalog.Find(id);
        if (product is null)
        {
            return Answer(ProductProblems.Unknown(id ?? catalog.DefaultId, catalog));
        }

        return (string?)Request.Query[ApplicationFields.Explain] switch
        {
            null or "false" => await decide(product, false),
            "true" => await decide(product, true),
            _ => Answer(ApiProblem.OfFields([new(ApplicationFields.Explain, FieldProblemKind.WrongType, "explain is true or false.")])),
        };
    }

    private async Task<IActionResult> Decide(LoanProduct product, ApplicationFields application, InputStyle style, bool explain)
    {
        if (application.Refusal is { } refusal)
        {
            return Answer(refusal);
        }

        var submitted = new SubmittedApplication(application.Fields, style, Origin.Api) { Reference = application.Reference };
        var kept = AnswerToKeep.Of(HttpContext);
        var answer = await service.DecideAsync(
            product,
            submitted,
            HttpContext.RequestAborted,
            kept is null ? null : result => kept.Json(ResponseTo(result.Decision!, product, explain)));
        return answer.Decision is { } stored
            ? Answer(ResponseTo(stored, product, explain))
            : Answer(ApiProblem.OfFields(answer.Problems));
    }

    private static DecisionResponse ResponseTo(StoredDecision stored, LoanProduct product, bool explain) =>
        explain ? new PredictionResponse(stored).Explained(stored.Decision, product) : new PredictionResponse(stored);
}
