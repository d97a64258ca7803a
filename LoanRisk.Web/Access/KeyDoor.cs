using System.Text;
using LoanRisk.Store.People;

namespace LoanRisk.Web.Access;

/// <summary>Lets programs in that show a key: <c>Authorization: Bearer lr_ID_SECRET</c>, or <c>Basic</c> with id and secret.</summary>
public sealed class KeyDoor(KeyRing ring, TimeProvider clock)
{
    private const string Bearer = "Bearer ", Basic = "Basic ";

    private const int MostBasic = 256;

    /// <summary>Whether a request shows anything to be let in by.</summary>
    public static bool IsKnocking(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <summary>Whether a key stands in the address, where logs of proxies keep it.</summary>
    public static bool IsInAddress(HttpRequest request) => request.QueryString.HasValue
        && request.QueryString.Value!.Contains(KeySecret.Prefix, StringComparison.Ordinal)
        && request.Query.Any(pair => KeySecret.TryParse(pair.Key, out _) || pair.Value.Any(value => KeySecret.TryParse(value, out _)));

    /// <summary>Who shows the key of a request, or why that is nobody.</summary>
    public (Caller? Caller, string? Problem) Enter(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || Read(header) is not { } secret)
        {
            return (null, "The header Authorization holds no key. Send `Bearer` and the key, or `Basic` with the key's id and secret.");
        }

        if (ring.Find(secret.Id) is not { } found || !found.Key.Matches(secret))
        {
            return (null, "This key is not known here.");
        }

        var now = clock.GetUtcNow();
        if (found.Key.WhyNot(now) is { } problem)
        {
            return (null, $"The key {found.Key.Name} {problem}.");
        }

        ring.NoteUse(secret.Id, now);
        return (found.Caller, null);
    }

    private static KeySecret? Read(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? KeySecret.TryParse(header.AsSpan(Bearer.Length).Trim(), out var secret) ? secret : null
        : header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? ReadBasic(header.AsSpan(Basic.Length).Trim())
        : null;

    private static KeySecret? ReadBasic(ReadOnlySpan<char> encoded)
    {
        Span<byte> bytes = stackalloc byte[MostBasic];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && KeySecret.TryParse(pair.AsSpan(0, colon), pair.AsSpan(colon + 1), out var secret) ? secret : null;
    }
}
