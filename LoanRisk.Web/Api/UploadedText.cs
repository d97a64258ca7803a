using System.Text;
using LoanRisk.Store;
using LoanRisk.Web.Bodies;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Texts;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Api;

/// <summary>The body of an upload written to a file as UTF-8, whatever charset it was sent in.</summary>
internal sealed class UploadedText
{
    private const string MediaType = "text/csv";

    private const int LongestShown = 40;

    private const int BufferSize = 64 * 1024;

    private readonly HttpRequest _request;

    private readonly Encoding? _charset;

    private UploadedText(HttpRequest request, Encoding? charset) => (_request, _charset) = (request, charset);

    /// <summary>The text that a request uploads, or why it cannot be read.</summary>
    public static (UploadedText? Text, ApiProblem? Problem) Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return (null, ApiProblem.UnsupportedType($"Send the file as it is, with the Content-Type {MediaType}."));
        }

        if (EncodedBodies.ProblemOf(request) is { } encoded)
        {
            return (null, encoded);
        }

        var name = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        return name.Length == 0 || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? (new UploadedText(request, null), null)
            : Find(name) is { } charset ? (new UploadedText(request, charset), null)
            : (null, ApiProblem.UnsupportedType(
                $"The charset {ShortText.Of(name, LongestShown)} is not known; "
                    + "send the file in UTF-8, or name the charset it is in, for example iso-8859-1."));
    }

    /// <summary>Writes it to a new file; false when it is too large.</summary>
    /// <exception cref="BadHttpRequestException">A byte is not one of the charset.</exception>
    /// <exception cref="StoreException">The disk is full.</exception>
    public async Task<bool> SaveAsync(string path, long mostBytes)
    {
        await using var file = IncomingFiles.Create(path);
        try
        {
            return await (_charset is null ? CopyAsync(file, mostBytes) : DecodeAsync(file, _charset, mostBytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new BadHttpRequestException(
                $"The file holds bytes that are no letters in its charset, {_charset!.WebName}.", StatusCodes.Status400BadRequest, e);
        }
    }

    private async Task<bool> CopyAsync(FileStream file, long mostBytes)
    {
        var chunk = new byte[BufferSize];
        for (int read; (read = await _request.Body.ReadAsync(chunk, _request.HttpContext.RequestAborted)) > 0;)
        {
            if (file.Position + read > mostBytes)
            {
                return false;
            }

            await WriteAsync(file, chunk.AsMemory(0, read));
        }

        return true;
    }

    private async Task<bool> DecodeAsync(FileStream file, Encoding charset, long mostBytes)
    {
        using var reader = new StreamReader(_request.Body, charset, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
        var (letters, bytes) = (new char[BufferSize], new byte[Encoding.UTF8.GetMaxByteCount(BufferSize)]);
        var utf8 = Encoding.UTF8.GetEncoder(); // keeps a surrogate pair together that two chunks share
        for (int read; (read = await reader.ReadAsync(letters, _request.HttpContext.RequestAborted)) > 0;)
        {
            var written = utf8.GetBytes(letters.AsSpan(0, read), bytes, flush: false);
            if (file.Position + written > mostBytes)
            {
                return false;
            }

            await WriteAsync(file, bytes.AsMemory(0, written));
        }

        return true;
    }

    private async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await file.WriteAsync(bytes, _request.HttpContext.RequestAborted);
        }
        catch (IOException e)
        {
            throw StoreException.OfFile(e, file.Name);
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
            var (encoder, decoder) = (EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return CodePagesEncodingProvider.Instance.GetEncoding(name, encoder, decoder) ?? Encoding.GetEncoding(name, encoder, decoder);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
