using LoanRisk.Lending.Products;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations on training jobs.</summary>
internal static class JobOperations
{
    private const string Unknown = "There is no job of that id.";

    public static OpenApiOperation Post(OpenApiDocument document, LoanProduct product) => new()
    {
        OperationId = $"v1_{product.Id}_start_job",
        Summary = "Train or tune a model on ingested data",
        Description = "One job runs at a time; the model becomes a candidate in the registry. `Location` names the job. "
            + "A search that was cancelled "
            + "or interrupted goes on when the same one (data version, seed, trials) is asked for again; `message` says so. ",
        Tags = PredictOperations.Tag(document, product),
        RequestBody = PredictOperations.Body(new OpenApiSchemaReference(RequestSchemas.Job, document), null),
        Responses = ApiResponses.Of(
            document, 202, "The job waits for its turn.", ResponseSchemas.Of<JobResponse>(document),
            ApiResponses.WithBody( (409, "The product has no ingested data, or too many jobs wait."))),
    };

    public static OpenApiOperation Get(OpenApiDocument document) => new()
    {
        OperationId = "v1_job",
        Summary = "How far a job is, and what came of it",
        Parameters = [Id()],
        Responses = ApiResponses.Of<JobResponse>(document, (404, Unknown)),
    };

    public static OpenApiOperation Delete(OpenApiDocument document) => new()
    {
        OperationId = "v1_cancel_job",
        Summary = "Cancel a job",
        Description = "One that waits is cancelled at once, one that runs as soon as it can stop; nothing is registered. ",
        Parameters = [Id()],
        Responses = ApiResponses.Of(
            document,
            202,
            "It is cancelled, or will be.",
            ResponseSchemas.Of<JobResponse>(document),
            (404, Unknown),
            (409, "The job is over.")),
    };

    private static OpenApiParameter Id() => new()
    {
        Name = "id",
        In = ParameterLocation.Path,
        Required = true,
        Description = "The `id` of a job.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
