using System.Security.Claims;

namespace LoanRisk.Web.Access;

/// <summary>Who does something on a page, as the history of models names them while there are no users.</summary>
internal static class Requester
{
    private const int LongestReason = 500;

    /// <summary>The site and the address the request came from.</summary>
    public static string Of(HttpContext context) => $"site, from {context.Connection.RemoteIpAddress?.ToString() ?? "this process"}";

    /// <summary>Whose the keys of requests are: two clients may use the same one. Who has no name shares them with all others.</summary>
    public static string ClientOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";

    /// <summary>A reason as it is kept.</summary>
    public static string Reason(string? typed)
    {
        var reason = typed?.Trim() ?? "";
        return reason.Length <= LongestReason ? reason : reason[..LongestReason];
    }
}
