using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Api;

/// <summary>A request body read strictly: JSON in UTF-8 of a bounded size and depth, or the problem with it.</summary>
internal sealed class JsonBody : IDisposable
{
    private const int MaxDepth = 8;

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
        return bytes is { } body ? Parse(body) : new JsonBody(ApiProblem.TooLarge($"The body is larger than {maxBytes:N0} bytes, the most this address takes."));
    }

    public void Dispose() => _document?.Dispose();

    private static ApiProblem? ProblemOfType(HttpRequest request)
    {
        const string Wanted = "send application/json in UTF-8";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ApiProblem.UnsupportedType($"The Content-Type is missing or not readable; {Wanted}.");
        }

        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && !type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        {
            return ApiProblem.UnsupportedType($"The Content-Type is {type.MediaType}; {Wanted}.");
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return ApiProblem.UnsupportedType($"The charset is {type.Charset}; {Wanted}.");
        }

        return request.Headers.ContentEncoding.Count > 0 ? ApiProblem.UnsupportedType("The body is encoded; send it without Content-Encoding.") : null;
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
