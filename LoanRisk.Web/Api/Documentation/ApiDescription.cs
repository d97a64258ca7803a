using LoanRisk.Lending.Products;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>Writes the whole document from the products in the catalog: each has paths of its own with its own fields.</summary>
internal sealed class ApiDescription(ProductCatalog catalog) : IOpenApiDocumentTransformer
{
    private const string Description = """
        Risk decisions about loan applications. Every decision is stored before it is answered. Failures are `application/problem+json`;
        wrong fields stand in `errors`, one entry a field. A body may be packed with Content-Encoding gzip. What is read with GET and stores
        no decision answers HEAD as well.
        """;

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "LoanRisk API", Version = "1", Description = Description };
        document.Servers = [];
        document.Paths = [];
        KeySchemes.AddTo(document);
        await ResponseSchemas.AddToAsync(document, context, cancellationToken);
        RequestSchemas.AddTo(document);
        if (catalog.Default is { } standard)
        {
            AddPaths(document, "/api/predict", standard, "predict");
        }

        foreach (var product in catalog.Products)
        {
            document.AddComponent(ApplicationSchema.NameOf(product), ApplicationSchema.Of(product));
            if (product.Lookup is { } id)
            {
                document.AddComponent(ApplicationSchema.LookupNameOf(product), ApplicationSchema.OfLookup(id, product));
            }

            AddPaths(document, $"/api/products/{product.Id}/predict", product, $"{product.Id}_predict");
            AddPath(
                document,
                $"/api/products/{product.Id}/predict/batch",
                (HttpMethod.Post, PredictOperations.Batch(document, product, $"{product.Id}_predict_batch")));
            AddWhatIf(document, product, $"/api/products/{product.Id}", product.Id);
            AddVersioned(document, product);
        }

        AddPath(document, "/api/v1/products", (HttpMethod.Get, ProductOperations.List(document)));
        AddPath(document, "/api/v1/decisions/{id}", (HttpMethod.Get, DecisionOperations.Get(document)));
        AddPath(document, "/api/v1/decisions/{id}/outcome", (HttpMethod.Post, DecisionOperations.PostOutcome(document)));
        AddPath(document, "/api/v1/decisions/{id}/recourse", (HttpMethod.Get, WhatIfOperations.RecourseOfDecision(document)));
        AddPath(
            document,
            "/api/v1/jobs/{id}",
            (HttpMethod.Get, JobOperations.Get(document)),
            (HttpMethod.Delete, JobOperations.Delete(document)));

        AddPath(document, "/health/live", (HttpMethod.Get, HealthOperations.Live()));
        AddPath(document, "/health/ready", (HttpMethod.Get, HealthOperations.Ready()));
    }

    private static void AddVersioned(OpenApiDocument document, LoanProduct product)
    {
        var (address, id) = ($"/api/v1/products/{product.Id}", $"v1_{product.Id}");
        AddPath(document, $"{address}/predict", (HttpMethod.Post, PredictOperations.Post(document, product, $"{id}_predict")));
        AddPath(document, $"{address}/predict/batch", (HttpMethod.Post, PredictOperations.Batch(document, product, $"{id}_predict_batch")));
        AddWhatIf(document, product, address, id);
        AddPath(document, $"{address}/features", (HttpMethod.Get, ProductOperations.Features(document, product)));
        AddPath(document, $"{address}/importance", (HttpMethod.Get, ProductOperations.Importance(document, product)));
        AddPath(document, $"{address}/scoring", (HttpMethod.Get, ProductOperations.Scoring(document, product)));
        AddPath(document, $"{address}/challenger", (HttpMethod.Get, ProductOperations.Challenger(document, product)));
        AddPath(document, $"{address}/drift", (HttpMethod.Get, ProductOperations.Drift(document, product)));
        AddPath(document, $"{address}/summary-statistics", (HttpMethod.Get, ProductOperations.Statistics(document, product)));
        AddPath(document, $"{address}/diagnostics", (HttpMethod.Get, ProductOperations.Diagnostics(document, product)));
        AddPath(document, $"{address}/jobs", (HttpMethod.Post, JobOperations.Post(document, product)));
        AddPath(document, $"{address}/data", (HttpMethod.Post, DataOperations.Post(document, product)));
    }

    private static void AddWhatIf(OpenApiDocument document, LoanProduct product, string address, string id)
    {
        AddPath(document, $"{address}/whatif", (HttpMethod.Post, WhatIfOperations.WhatIf(document, product, $"{id}_whatif")));
        AddPath(document, $"{address}/recourse", (HttpMethod.Post, WhatIfOperations.Recourse(document, product, $"{id}_recourse")));
    }

    private static void AddPaths(OpenApiDocument document, string address, LoanProduct product, string operationId) =>
        AddPath(
            document,
            address,
            (HttpMethod.Post, PredictOperations.Post(document, product, operationId)),
            (HttpMethod.Get, PredictOperations.Get(document, product, operationId + "_by_query")));

    private static void AddPath(
        OpenApiDocument document, string address, params (HttpMethod Method, OpenApiOperation Operation)[] operations)
    {
        var path = new OpenApiPathItem();
        foreach (var (method, operation) in operations)
        {
            if (method == HttpMethod.Post)
            {
                IdempotencyDescription.AddTo(document, operation);
            }

            KeySchemes.Describe(operation, address, method);
            path.AddOperation(method, operation);
        }

        document.Paths.Add(address, path);
    }
}
