using LoanRisk.Lending.Products;
using LoanRisk.Store.Jobs;
using Microsoft.OpenApi;
using static LoanRisk.Web.Api.Documentation.ResponseSchemas;
using static LoanRisk.Web.Api.Documentation.ReadingSchemas;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations on training jobs.</summary>
internal static class JobOperations
{
    private const string Schema = "job";

    private const string Request = "job_request";

    private const string Unknown = "There is no job of that id.";

    public static void AddSchemas(OpenApiDocument document)
    {
        document.AddComponent(Schema, Object("Work that is done in the background.", [
            ("id", Text("")), ("product", Text("Id of the product.")), ("kind", Text("`train` or `tune`.")), ("state", Names<JobState>("Where it stands.")),
            ("progress", Share("The share done.")), ("message", Text("What it is at, or how it ended.")), ("modelId", OrNull(Text("The registered candidate; null before the end."))),
            ("requestedAt", Moment("")), ("startedAt", OrNull(Moment(""))), ("endedAt", OrNull(Moment(""))),
        ]));
        document.AddComponent(Request, Object(
            "What is asked for.",
            [("kind", new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["train", "tune"], Description = "Train with the product's parameters, or search parameters first." })],
            [
                ("dataVersion", Whole(1, null, "Number of the ingested data version; the newest when left out.")), ("seed", Whole(0, null, "Seed of everything random; 1 when left out.")),
                ("trials", Whole(1, JobRequest.MostTrials, "Trials of the search; 30 when left out. For `tune` alone.")),
            ]));
    }

    public static OpenApiOperation Post(OpenApiDocument document, LoanProduct product) => new()
    {
        OperationId = $"v1_{product.Id}_start_job",
        Summary = "Train or tune a model on ingested data",
        Description = "One job runs at a time; the model becomes a candidate in the registry. `Location` names the job. A search that was cancelled or interrupted goes on when the same one (data version, seed, trials) is asked for again; `message` says so. Off unless `LoanRisk:Api:Operations` is true.",
        Tags = PredictOperations.Tag(document, product),
        RequestBody = PredictOperations.Body(new OpenApiSchemaReference(Request, document), null),
        Responses = ApiResponses.Of(
            document, 202, "The job waits for its turn.", new OpenApiSchemaReference(Schema, document),
            ApiResponses.WithBody((403, DecisionOperations.OperationsOff), (409, "The product has no ingested data, or too many jobs wait."))),
    };

    public static OpenApiOperation Get(OpenApiDocument document) => new()
    {
        OperationId = "v1_job",
        Summary = "How far a job is, and what came of it",
        Parameters = [Id()],
        Responses = ApiResponses.Of(document, Schema, (404, Unknown)),
    };

    public static OpenApiOperation Delete(OpenApiDocument document) => new()
    {
        OperationId = "v1_cancel_job",
        Summary = "Cancel a job",
        Description = "One that waits is cancelled at once, one that runs as soon as it can stop; nothing is registered. Off unless `LoanRisk:Api:Operations` is true.",
        Parameters = [Id()],
        Responses = ApiResponses.Of(
            document, 202, "It is cancelled, or will be.", new OpenApiSchemaReference(Schema, document), (403, DecisionOperations.OperationsOff), (404, Unknown), (409, "The job is over.")),
    };

    private static OpenApiSchema Whole(int least, int? most, string description) => new()
    {
        Type = JsonSchemaType.Integer, Minimum = $"{least}", Maximum = most is null ? null : $"{most}", Description = description,
    };

    private static OpenApiParameter Id() => new()
    {
        Name = "id", In = ParameterLocation.Path, Required = true, Description = "The `id` of a job.", Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
