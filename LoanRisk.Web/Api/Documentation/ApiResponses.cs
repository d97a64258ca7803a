using LoanRisk.Web.Problems;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The answers of an operation: one that it gives when all is well, and problems with their meaning.</summary>
internal static class ApiResponses
{
    private const string Unknown = "No key was sent, or it is not known, has expired or was revoked.";

    private const string NotAllowed = "The key lacks the scope, or is not for this product; the answer says which.";

    private const string TooMany = "Too many requests with one key; Retry-After says when to try again.";

    private const string Unavailable =
        "The site has too much to do, or its data cannot be read or written; Retry-After says when to try again.";

    private const string TooLarge = "The body is too large, as it was sent or unpacked.";

    private const string OtherType = "The body is not application/json in UTF-8, or its Content-Encoding is neither gzip nor identity.";

    /// <summary>With status 200 and the schema of a type; 401, 403, 429 and 503 are always among the problems.</summary>
    public static OpenApiResponses Of<T>(OpenApiDocument document, params (int Status, string Meaning)[] problems) =>
        Of(document, 200, "The answer.", ResponseSchemas.Of<T>(document), problems);

    /// <summary>With a status and a schema of its own.</summary>
    public static OpenApiResponses Of(
        OpenApiDocument document, int status, string meaning, IOpenApiSchema schema, params (int Status, string Meaning)[] problems)
    {
        var responses = new OpenApiResponses { [$"{status}"] = Response(meaning, "application/json", schema) };
        (int Status, string Meaning)[] common = [(401, Unknown), (403, NotAllowed), (429, TooMany), (503, Unavailable)];
        foreach (var problem in problems.Concat(common).DistinctBy(problem => problem.Status).OrderBy(problem => problem.Status))
        {
            responses[$"{problem.Status}"] = Problem(document, problem.Meaning);
        }

        return responses;
    }

    /// <summary>An answer that is a problem.</summary>
    public static OpenApiResponse Problem(OpenApiDocument document, string meaning) =>
        Response(meaning, ApiProblem.ContentType, ResponseSchemas.Of<ApiProblem>(document));

    /// <summary>The problems of an operation with a body of JSON, beside its own.</summary>
    public static (int Status, string Meaning)[] WithBody(params (int Status, string Meaning)[] problems) =>
        [(400, "Fields are wrong, or the request cannot be read."), (413, TooLarge), (415, OtherType), .. problems];

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = schema } },
    };
}
