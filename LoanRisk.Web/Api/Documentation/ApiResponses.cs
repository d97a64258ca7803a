using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The answers of an operation: one that it gives when all is well, and problems with their meaning.</summary>
internal static class ApiResponses
{
    private const string TooMany = "Too many requests from one address; Retry-After says when to try again.";

    /// <summary>With status 200 and a schema of the components; 429 is always among the problems.</summary>
    public static OpenApiResponses Of(OpenApiDocument document, string schema, params (int Status, string Meaning)[] problems) =>
        Of(document, 200, "The answer.", new OpenApiSchemaReference(schema, document), problems);

    /// <summary>With a status and a schema of its own.</summary>
    public static OpenApiResponses Of(OpenApiDocument document, int status, string meaning, IOpenApiSchema schema, params (int Status, string Meaning)[] problems)
    {
        var responses = new OpenApiResponses { [$"{status}"] = Response(meaning, "application/json", schema) };
        foreach (var problem in problems.Append((Status: 429, Meaning: TooMany)).OrderBy(problem => problem.Status))
        {
            responses[$"{problem.Status}"] = Response(problem.Meaning, ApiProblem.ContentType, new OpenApiSchemaReference(AnswerSchemas.Problem, document));
        }

        return responses;
    }

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = schema } },
    };
}
