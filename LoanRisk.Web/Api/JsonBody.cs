using System.Text.Json;
using System.Text.Unicode;
using LoanRisk.Web.Bodies;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Texts;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Api;

/// <summary>A request body read strictly: JSON in UTF-8 of a bounded size and depth, or the problem with it.</summary>
internal sealed class JsonBody : IDisposable
{
    private const int MaxDepth = 8;

    private const int LongestShown = 40;

    /// <summary>What is wrong with a text that is not Unicode.</summary>
    public const string HalfSurrogate = "A text holds half of a surrogate pair; send valid Unicode.";

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument document) => _document = document;

    private JsonBody(ApiProblem problem) => Problem = problem;

    /// <summary>What is wrong with the body; null when it was read.</summary>
    public ApiProblem? Problem { get; }

    /// <summary>The body, when there is no problem.</summary>
    public JsonElement Root => _document!.RootElement;

    /// <param name="request">The request.</param>
    /// <param name="maxBytes">Bytes the body may have.</param>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (ProblemOfType(request) is { } problem)
        {
            return new JsonBody(problem);
        }

        var bytes = request.ContentLength > maxBytes ? null : await ReadAsync(request.Body, maxBytes, request.HttpContext.RequestAborted);
        return bytes is { } body
            ? Parse(body)
            : new JsonBody(ApiProblem.TooLarge($"The body is larger than {maxBytes:N0} bytes, the most this address takes."));
    }

    /// <summary>
    /// The same for a body whose texts must all be Unicode; an application and a row of a batch say themselves which of theirs is not.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">Bytes the body may have.</param>
    public static async Task<JsonBody> ReadTextsAsync(HttpRequest request, int maxBytes)
    {
        var body = await ReadAsync(request, maxBytes);
        if (body.Problem is not null || IsText(body.Root))
        {
            return body;
        }

        body.Dispose();
        return new JsonBody(ApiProblem.Malformed(HalfSurrogate));
    }

    public void Dispose() => _document?.Dispose();

    private static ApiProblem? ProblemOfType(HttpRequest request)
    {
        const string Wanted = "send application/json in UTF-8";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ApiProblem.UnsupportedType($"The Content-Type is missing or not readable; {Wanted}.");
        }

        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && !type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        {
            return ApiProblem.UnsupportedType($"The Content-Type is {ShortText.Of(type.MediaType.ToString(), LongestShown)}; {Wanted}.");
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return ApiProblem.UnsupportedType($"The charset is {ShortText.Of(type.Charset.ToString(), LongestShown)}; {Wanted}.");
        }

        return EncodedBodies.ProblemOf(request);
    }

    /// <summary>The whole stream, or null when it is longer than allowed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > maxBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false; // JSON's grammar allows half of a surrogate pair, and reading one throws
        }
    }

    private static JsonBody Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        if (!Utf8.IsValid(body.Span))
        {
            return new JsonBody(ApiProblem.Malformed("The body is not UTF-8 text."));
        }

        try
        {
            return new JsonBody(JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth }));
        }
        catch (JsonException e)
        {
            return new JsonBody(ApiProblem.Malformed(body.IsEmpty ? "The body is empty; send JSON." : Describe(e)));
        }
    }

    private static string Describe(JsonException error)
    {
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var cause = end < 0 ? error.Message : error.Message[..end];
        return $"The body is not valid JSON at line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}: {cause}";
    }
}
