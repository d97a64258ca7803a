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
        Responses = ApiResponses.Of(document, 200, "Ordered by id.", ResponseSchemas.ListOf(ResponseSchemas.Of<ProductResponse>(document))),
    };

    public static OpenApiOperation Features(OpenApiDocument document, LoanProduct product) =>
        Reading<FeaturesResponse>(document, product, "features", $"The features of {product.Name}");

    public static OpenApiOperation Importance(OpenApiDocument document, LoanProduct product) =>
        Reading<ImportanceResponse>(
            document, product, "importance", "What moves the serving model's scores",
            (404, "The model does not say; it was imported."), (503, NoModel));

    public static OpenApiOperation Scoring(OpenApiDocument document, LoanProduct product) =>
        Reading<ScoringResponse>(
            document, product, "scoring", "How good the serving model was on the rows it never learned from",
            (404, "The model keeps no measures; it was imported."), (503, NoModel));

    public static OpenApiOperation Statistics(OpenApiDocument document, LoanProduct product) =>
        Reading<StatisticsResponse>(
            document, product, "summary_statistics", "What the newest data version looks like",
            (404, "The product has no ingested data."), (409, "The data holds one outcome only."));

    public static OpenApiOperation Diagnostics(OpenApiDocument document, LoanProduct product) =>
        Reading<DiagnosticsResponse>(
            document, product, "diagnostics", "Age of the model, versions and gaps of the data, packages of the program");

    public static OpenApiOperation Challenger(OpenApiDocument document, LoanProduct product) =>
        Reading<ChallengerResponse>(
            document, product, "challenger", "What the challenger answers to the newest applications, beside what was answered",
            (404, "The product has no challenger."), (409, "The challenger can answer nothing: it is damaged, or of another schema."));

    public static OpenApiOperation Drift(OpenApiDocument document, LoanProduct product) =>
        Reading<DriftResponse>(
            document, product, "drift", "How the decisions have drifted from the rows that the serving model was trained with",
            (503, NoModel));

    private static OpenApiOperation Reading<T>(
        OpenApiDocument document, LoanProduct product, string name, string summary, params (int Status, string Meaning)[] problems) => new()
    {
        OperationId = $"v1_{product.Id}_{name}",
        Summary = summary,
        Tags = PredictOperations.Tag(document, product),
        Responses = ApiResponses.Of<T>(document, problems),
    };
}
