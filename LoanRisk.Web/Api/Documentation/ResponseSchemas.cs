using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>
/// The schemas of what the API answers, made from the records that are answered and their doc comments. Those named here are components of
/// the document; every other type is described where it is used.
/// </summary>
internal static class ResponseSchemas
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(ReasonResponse)] = "reason",
        [typeof(ModelResponse)] = "model",
        [typeof(PredictionResponse)] = "prediction",
        [typeof(FieldError)] = "field_error",
        [typeof(ApiProblem)] = "problem",
        [typeof(BatchResponse)] = "batch_decision",
        [typeof(BatchProblem)] = "batch_problem",
        [typeof(StoredResponse)] = "stored_decision",
        [typeof(WhatIfResponse)] = "what_if",
        [typeof(RecourseResponse)] = "recourse",
        [typeof(RecourseChangeResponse)] = "recourse_change",
        [typeof(ProductResponse)] = "product",
        [typeof(FeaturesResponse)] = "features",
        [typeof(ImportanceResponse)] = "importance",
        [typeof(ScoringResponse)] = "scoring",
        [typeof(DataVersionResponse)] = "data_version",
        [typeof(StatisticsResponse)] = "summary_statistics",
        [typeof(DiagnosticsResponse)] = "diagnostics",
        [typeof(ChallengerResponse)] = "challenger",
        [typeof(DriftResponse)] = "drift",
        [typeof(JobResponse)] = "job",
        [typeof(UploadResponse)] = "upload",
    };

    /// <summary>Name of a type's schema among the components; null when it is described where it is used.</summary>
    public static string? NameOf(Type type) => Names.GetValueOrDefault(type);

    /// <summary>A reference to the schema of a type.</summary>
    public static OpenApiSchemaReference Of<T>(OpenApiDocument document) => new(Names[typeof(T)], document);

    /// <summary>An array of a schema.</summary>
    public static OpenApiSchema ListOf(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    /// <summary>One answer of a batch: a decision, or what is wrong.</summary>
    public static OpenApiSchema BatchRow(OpenApiDocument document) =>
        new() { OneOf = [Of<BatchResponse>(document), Of<BatchProblem>(document)] };

    /// <summary>Adds all to the components.</summary>
    public static async Task AddToAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (type, name) in Names)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, parameterDescription: null, cancellationToken);
            ReferToComponents(schema, document);
            document.AddComponent(name, schema);
        }
    }

    private static void ReferToComponents(OpenApiSchema schema, OpenApiDocument document)
    {
        foreach (var (name, member) in schema.Properties?.ToList() ?? [])
        {
            schema.Properties![name] = Referring(member, document);
        }

        schema.Items = schema.Items is { } item ? Referring(item, document) : null;
    }

    /// <summary>A reference where the schema is one of the components; else the schema, with references in it.</summary>
    private static IOpenApiSchema Referring(IOpenApiSchema part, OpenApiDocument document)
    {
        if (part is not OpenApiSchema schema)
        {
            return part;
        }

        if (MetadataOf(schema, "x-schema-id") is not { Length: > 0 } name)
        {
            ReferToComponents(schema, document);
            return schema;
        }

        var reference = new OpenApiSchemaReference(name, document);
        var description = MetadataOf(schema, "x-ref-description")?.ReplaceLineEndings(" ");
        if (MetadataOf(schema, "x-is-nullable-property") is not null)
        {
            return new OpenApiSchema { Description = description, OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] };
        }

        reference.Description = description;
        return reference;
    }

    // What the generator notes about the type and the member a schema was made from.
    private static string? MetadataOf(OpenApiSchema schema, string key) =>
        schema.Metadata is { } metadata && metadata.TryGetValue(key, out var value) ? value?.ToString() : null;
}
