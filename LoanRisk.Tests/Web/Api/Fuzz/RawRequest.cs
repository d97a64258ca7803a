using System.Globalization;
using System.Text;

namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>A request as the bytes that go over the wire; HttpClient would refuse to send most of what is tried here.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query as they stand in the first line.</param>
/// <param name="Headers">All headers but the length.</param>
/// <param name="Body">The body.</param>
internal sealed record RawRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    private const int MostShown = 1_500;

    /// <summary>What follows on the connection is not to be trusted: the body may not end where the request says.</summary>
    public bool BreaksConnection { get; init; }

    public RawRequest With(string header, string? value) =>
        this with
        {
            Headers =
            [
                .. Headers.Where(h => !h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)),
                .. value is null ? [] : (KeyValuePair<string, string>[])[KeyValuePair.Create(header, value)],
            ],
        };

    public byte[] ToBytes()
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (!Headers.Any(h => h.Key is "Content-Length" or "Transfer-Encoding")
            && (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH"))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }

    /// <summary>The first of its bytes, readable.</summary>
    public override string ToString() =>
        string.Concat(ToBytes().Take(MostShown).Select(b => b is >= 32 and < 127 or (byte)'\n' ? ((char)b).ToString() : $"\\x{b:x2}"));
}
