using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Applications;
using LoanRisk.Web.Texts;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRisk.Web.Problems;

/// <summary>An answer of type <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what is allowed, for a person.</param>
internal sealed record ApiProblem([property: Range(StatusCodes.Status400BadRequest, ApiProblem.HighestStatus)] int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>The content codings of bodies that are read, as <c>Accept-Encoding</c> lists them.</summary>
    public const string ContentEncodings = "gzip, identity";

    /// <summary>When to try again after status 503, as a header says it.</summary>
    public const string RetryAfterSeconds = "5";

    private const int HighestStatus = 599;

    private const int LongestDetail = 2_000;

    /// <summary>The status in words.</summary>
    [JsonPropertyOrder(-1)]
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>What is wrong and what is allowed, for a person.</summary>
    public string Detail { get; } = ShortText.Of(Detail, LongestDetail);

    /// <summary>The wrong fields, one entry a field; the first of many.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [MaxLength(FieldErrors.Most)]
    public IReadOnlyList<FieldError>? Errors { get; private init; }

    /// <summary>How many wrong fields are not among <c>errors</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(1, int.MaxValue)]
    public int? MoreErrors { get; private init; }

    /// <summary>What to name when asking the operator about a failure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; private init; }

    /// <summary>Fields are wrong.</summary>
    public static ApiProblem OfFields(IReadOnlyList<FieldProblem> problems)
    {
        var errors = FieldErrors.Of(problems);
        return new(StatusCodes.Status400BadRequest, (problems.Count, errors.More) switch
        {
            (1, _) => "One field is wrong; errors names it.",
            (_, null) => $"{problems.Count} fields are wrong; errors names them.",
            _ => $"{problems.Count:N0} fields are wrong; errors names the first {errors.First.Count}.",
        })
        {
            Errors = errors.First,
            MoreErrors = errors.More,
        };
    }

    public static ApiProblem Malformed(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiProblem TooLarge(string detail) => new(StatusCodes.Status413PayloadTooLarge, detail);

    public static ApiProblem UnsupportedType(string detail) => new(StatusCodes.Status415UnsupportedMediaType, detail);

    /// <summary>Sets the headers that belong to the status; a failure that the operator can look up gets its trace id.</summary>
    public ApiProblem Complete(HttpContext context)
    {
        if (Status == StatusCodes.Status503ServiceUnavailable && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        if (Status == StatusCodes.Status415UnsupportedMediaType)
        {
            context.Response.Headers.AcceptEncoding = ContentEncodings;
        }

        return Status < StatusCodes.Status500InternalServerError ? this : this with { TraceId = Problems.TraceId.Of(context) };
    }

    /// <summary>Writes the problem as the answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(Complete(context), ApiJson.Options, ContentType, context.RequestAborted);
    }
}
