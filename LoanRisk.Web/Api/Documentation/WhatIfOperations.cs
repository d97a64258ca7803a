using LoanRisk.Lending.Products;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations that say what would be decided, and store nothing.</summary>
internal static class WhatIfOperations
{
    private const string NoModel = "No model serves this product now, or the site has too much to do; Retry-After says when to try again.";

    private const string Unknown = "There is no decision of that id.";

    private const string Gone =
        "The decision cannot be made again: its product is no longer on offer or has no model, or no longer takes its values.";

    public static OpenApiOperation WhatIf(OpenApiDocument document, LoanProduct product, string id) => new()
    {
        OperationId = id,
        Summary = $"What would be decided about one {product.Name} application",
        Description = "The same answer as `predict`, without a `decisionId`: nothing is stored.",
        Tags = PredictOperations.Tag(document, product),
        Parameters = [PredictOperations.Explain()],
        RequestBody = PredictOperations.Body(ApplicationSchema.Either(document, product), null),
        Responses = ApiResponses.Of<WhatIfResponse>(document, ApiResponses.WithBody((503, NoModel))),
    };

    public static OpenApiOperation Recourse(OpenApiDocument document, LoanProduct product, string id) => new()
    {
        OperationId = id,
        Summary = $"What would have to change for a better outcome of a {product.Name} application",
        Description = "The smallest change of the fields that the product marks `changeable`, with a proof that none is smaller, or that "
            + "none leads there. Each change that is told was decided; none is a promise. Nothing is stored.",
        Tags = PredictOperations.Tag(document, product),
        RequestBody = PredictOperations.Body(ApplicationSchema.Either(document, product), null),
        Responses = ApiResponses.Of<RecourseResponse>(document, ApiResponses.WithBody((503, NoModel))),
    };

    public static OpenApiOperation RecourseOfDecision(OpenApiDocument document) => new()
    {
        OperationId = "v1_decision_recourse",
        Summary = "What would have to change for a better outcome than a stored decision's",
        Description = "By the model that decided, where it is still there, with the policy of today; `isAsDecided` says whether both are "
            + "those that decided.",
        Parameters = [DecisionOperations.Id()],
        Responses = ApiResponses.Of<RecourseResponse>(document, (404, Unknown), (409, Gone)),
    };
}
