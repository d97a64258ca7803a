using System.Text.Json.Serialization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRisk.Web.Api;

/// <summary>An answer of type <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what is allowed, for a person.</param>
internal sealed record ApiProblem(int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>The status in words.</summary>
    [JsonPropertyOrder(-1)]
    public string Title { get; } = ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The wrong fields, one entry a field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>What to name when asking the operator about a failure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>Fields are wrong.</summary>
    public static ApiProblem OfFields(IReadOnlyList<FieldProblem> problems) =>
        new(StatusCodes.Status400BadRequest, problems.Count == 1 ? "One field is wrong; errors names it." : $"{problems.Count} fields are wrong; errors names them.")
        {
            Errors = [.. problems.Select(FieldError.Of)],
        };

    /// <summary>No product has that id, or its file is broken.</summary>
    public static ApiProblem UnknownProduct(string id, ProductShelf shelf) => shelf.Broken.FirstOrDefault(b => b.Id == id) is { } broken
        ? new(StatusCodes.Status503ServiceUnavailable, $"{shelf.Describe(broken)} No decision can be given until whoever runs the site mends the file and starts it again.")
        : new(StatusCodes.Status404NotFound, $"There is no product '{(id.Length > 40 ? id[..40] + "…" : id)}'; the products are {string.Join(", ", shelf.Products.Select(product => product.Id))}.");

    /// <summary>No model serves the product now.</summary>
    public static ApiProblem NoModel(LoanProduct product) =>
        new(StatusCodes.Status503ServiceUnavailable, $"{product.Name} has no model that may serve now. Train one with `loanrisk train {product.Id}` and promote it.");

    /// <summary>The serving model does not say what was asked for.</summary>
    public static ApiProblem NoFigures(ModelPackage package, string what) =>
        new(StatusCodes.Status404NotFound, $"Model {package.Id[..12]} keeps {what}: it was imported, or made by an earlier version. Models that are trained here keep them.");

    public static ApiProblem Malformed(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiProblem TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, detail);

    public static ApiProblem UnsupportedType(string detail) => new(StatusCodes.Status415UnsupportedMediaType, detail);

    /// <summary>Writes the problem as the answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(this, ApiJson.Options, ContentType, context.RequestAborted);
    }
}

/// <summary>One wrong field.</summary>
/// <param name="Field">The field's name as it was sent.</param>
/// <param name="Code">The kind of problem, for a program.</param>
/// <param name="Message">What is wrong and what is allowed, for a person.</param>
internal sealed record FieldError(string Field, FieldProblemKind Code, string Message)
{
    public static FieldError Of(FieldProblem problem) => new(problem.Field, problem.Kind, problem.Message);
}
