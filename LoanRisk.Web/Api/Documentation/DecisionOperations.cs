using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations on stored decisions.</summary>
internal static class DecisionOperations
{
    private const string Unknown = "There is no decision of that id.";

    public static OpenApiOperation Get(OpenApiDocument document) => new()
    {
        OperationId = "v1_decision",
        Summary = "A stored decision with what became of the loan",
        Parameters = [Id(), PredictOperations.Explain()],
        Responses = ApiResponses.Of<StoredResponse>(document, (400, "explain is neither true nor false."), (404, Unknown)),
    };

    public static OpenApiOperation PostOutcome(OpenApiDocument document) => new()
    {
        OperationId = "v1_report_outcome",
        Summary = "Report what became of a decided loan",
        Description = "A later report corrects an earlier one, which is kept. "
            + "`loanrisk ingest` joins reported outcomes to the product's data. ",
        Parameters = [Id()],
        RequestBody = PredictOperations.Body(new OpenApiSchemaReference(RequestSchemas.OutcomeReport, document), null),
        Responses = ApiResponses.Of<StoredResponse>(document, ApiResponses.WithBody(
            (404, Unknown),
            (503, "The report could not be stored, or the site has too much to do; Retry-After says when to try again."))),
    };

    /// <summary>The id of a decision in the address.</summary>
    public static OpenApiParameter Id() => new()
    {
        Name = "id",
        In = ParameterLocation.Path,
        Required = true,
        Description = "The `decisionId` of an answer.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
