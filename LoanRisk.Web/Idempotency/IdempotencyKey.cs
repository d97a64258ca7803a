using LoanRisk.Web.Problems;
using Microsoft.Extensions.Primitives;

namespace LoanRisk.Web.Idempotency;

/// <summary>
/// The header <c>Idempotency-Key</c>, by which a client names a request so that it may send it again. It may stand in quotation marks, as
/// the IETF's draft (draft-ietf-httpapi-idempotency-key-header) has it, or plain, as most send it.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters a key may have.</summary>
    public const int Longest = 255;

    public static bool IsSent(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <summary>The key, or what is wrong with it.</summary>
    public static (string Key, ApiProblem? Problem) Read(HttpRequest request)
    {
        var values = request.Headers[Header];
        var key = Unquoted(values);
        return values.Count == 1 && key.Length is > 0 and <= Longest && key.All(letter => letter is > ' ' and < '\u007F')
            ? (key, null)
            : ("", ApiProblem.Malformed(
                $"{Header} is one text of 1 to {Longest} visible ASCII characters without blanks, for example a UUID."));
    }

    private static string Unquoted(StringValues values)
    {
        var text = values.ToString().Trim();
        return text is ['"', .. var inner, '"'] ? inner : text;
    }
}
