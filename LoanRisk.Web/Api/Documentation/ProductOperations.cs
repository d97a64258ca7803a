using LoanRisk.Lending.Products;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations that tell about products and the models that serve them.</summary>
internal static class ProductOperations
{
    private const string NoModel = "No model serves this product now.";

    public static OpenApiOperation List(OpenApiDocument document) => new()
    {
        OperationId = "v1_products",
        Summary = "The products and the model that serves each",
        Responses = ApiResponses.Of(document, 200, "Ordered by id.", ResponseSchemas.ListOf(new OpenApiSchemaReference(ReadingSchemas.Product, document))),
    };

    public static OpenApiOperation Features(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "features", $"The features of {product.Name}", ReadingSchemas.Features);

    public static OpenApiOperation Importance(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "importance", "What moves the serving model's scores", ReadingSchemas.Importance, (404, "The model does not say; it was imported."), (503, NoModel));

    public static OpenApiOperation Scoring(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "scoring", "How good the serving model was on the rows it never learned from", FiguresSchemas.Scoring, (404, "The model keeps no measures; it was imported."), (503, NoModel));

    public static OpenApiOperation Statistics(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "summary_statistics", "What the newest data version looks like", FiguresSchemas.Statistics, (404, "The product has no ingested data."), (409, "The data holds one outcome only."));

    public static OpenApiOperation Diagnostics(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "diagnostics", "Age of the model, versions and gaps of the data, packages of the program", FiguresSchemas.Diagnostics);

    public static OpenApiOperation Challenger(OpenApiDocument document, LoanProduct product) =>
        Reading(document, product, "challenger", "What the challenger answers to the newest applications, beside what was answered", ChallengerSchema.Name,
            (404, "The product has no challenger."), (409, "The challenger can answer nothing: it is damaged, or of another schema."));

    private static OpenApiOperation Reading(OpenApiDocument document, LoanProduct product, string name, string summary, string schema, params (int Status, string Meaning)[] problems) => new()
    {
        OperationId = $"v1_{product.Id}_{name}",
        Summary = summary,
        Tags = PredictOperations.Tag(document, product),
        Responses = ApiResponses.Of(document, schema, problems),
    };
}
