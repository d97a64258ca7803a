using System.Text.Json.Nodes;
using LoanRisk.Lending.Products;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations that decide about applications.</summary>
internal static class PredictOperations
{
    private const string NotDecided =
        "No model serves this product now, the decision could not be stored, or the site has too much to do: none is given, "
        + "and the detail says so "
        + "where it is not known whether it is kept. Retry-After says when to try again.";

    public static OpenApiOperation Post(OpenApiDocument document, LoanProduct product, string id) => new()
    {
        OperationId = id,
        Summary = $"Decide about one {product.Name} application",
        Description = $"The body is one JSON object of at most {PredictController.MaxApplicationBytes / 1024} kB. "
            + $"Unknown fields and fields given twice are refused.{OfStoredRow(product)}",
        Tags = Tag(document, product),
        Parameters = [Explain()],
        RequestBody = Body(ApplicationSchema.Either(document, product), Examples(product)),
        Responses = ApiResponses.Of<PredictionResponse>(document, ApiResponses.WithBody((503, NotDecided))),
    };

    public static OpenApiOperation Get(OpenApiDocument document, LoanProduct product, string id) => new()
    {
        OperationId = id,
        Summary = "The same for the parameters of a query string",
        Description = "Values in the spelling of the data; an empty one is a missing value. The decision is stored like any "
            + $"other.{OfStoredRow(product)}",
        Tags = Tag(document, product),
        Parameters =
        [
            .. LookupParameter(product), .. product.Features.Select(feature => Parameter(feature, product)),
            .. ReferenceParameter(product), Explain(),
        ],
        Responses = ApiResponses.Of<PredictionResponse>(document, (400, "Fields are wrong."), (503, NotDecided)),
    };

    public static OpenApiOperation Batch(OpenApiDocument document, LoanProduct product, string id) => new()
    {
        OperationId = id,
        Summary = $"Decide about up to {PredictController.MaxBatch} {product.Name} applications",
        Description = "Answered row by row in the order of the array, wrong rows included, with status 200. "
            + $"A batch tells {BatchDecisions.MostErrors} wrong fields in full, of further rows the first. "
            + $"All decisions are stored before any is answered.{OfStoredRow(product)}",
        Tags = Tag(document, product),
        Parameters = [Explain()],
        RequestBody = Body(new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = ApplicationSchema.Either(document, product),
            MaxItems = PredictController.MaxBatch,
        }, null),
        Responses = ApiResponses.Of(
            document, 200, "The answers.", ResponseSchemas.ListOf(ResponseSchemas.BatchRow(document)),
            ApiResponses.WithBody((503, NotDecided))),
    };

    /// <summary>The tag of a product's operations.</summary>
    public static HashSet<OpenApiTagReference> Tag(OpenApiDocument document, LoanProduct product)
    {
        (document.Tags ??= new HashSet<OpenApiTag>()).Add(new OpenApiTag { Name = product.Id, Description = product.Description });
        return [new OpenApiTagReference(product.Id, document)];
    }

    /// <summary>The parameter that asks for the contributions.</summary>
    public static OpenApiParameter Explain() => new()
    {
        Name = ApplicationFields.Explain,
        In = ParameterLocation.Query,
        Description = "true adds `rawScore`, `baseValue` and `contributions`.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false },
    };

    private static OpenApiParameter Parameter(Feature feature, LoanProduct product) => new()
    {
        Name = feature.Name,
        In = ParameterLocation.Query,
        Required = !feature.MayBeMissing && product.Lookup is null, // an id alone will do where there is one
        Schema = ApplicationSchema.Of(feature, product),
    };

    private static IEnumerable<IOpenApiParameter> ReferenceParameter(LoanProduct product) => ApplicationFields.TakesReference(product)
        ? [new OpenApiParameter
        {
            Name = ApplicationFields.ReferenceName,
            In = ParameterLocation.Query,
            Schema = ApplicationSchema.OfReference(),
        }]
        : [];

    private static IEnumerable<IOpenApiParameter> LookupParameter(LoanProduct product) => product.Lookup is { } id
        ? [new OpenApiParameter
        {
            Name = id.Column,
            In = ParameterLocation.Query,
            Description = "The id of a stored row, in place of all fields.",
            Schema = ApplicationSchema.OfId(id),
        }]
        : [];

    private static string OfStoredRow(LoanProduct product) => product.Lookup is { } id
        ? $" `{id.Column}` alone, without fields, has the newest stored row of that id scored; the decision is stored like any other."
        : "";

    /// <summary>A body of JSON.</summary>
    public static OpenApiRequestBody Body(IOpenApiSchema schema, Dictionary<string, IOpenApiExample>? examples) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema, Examples = examples } },
    };

    private static Dictionary<string, IOpenApiExample> Examples(LoanProduct product) => product.Examples.ToDictionary(
        example => example.Label,
        IOpenApiExample (example) => new OpenApiExample
        {
            Value = new JsonObject(product.Features.Where(feature => example.Values.ContainsKey(feature.Name))
                .Select(feature => KeyValuePair.Create(feature.Name, ApplicationSchema.ToJson(feature, example.Values[feature.Name])))),
        });
}
