using System.Net;

namespace LoanRisk.Web.Security;

/// <summary>How a request reached this process, noted before any header about that is believed.</summary>
/// <param name="Peer">The other end of the connection; null when it has no address.</param>
/// <param name="IsForwarded">The request says of itself that a proxy passed it on, or is in a form that only proxies send.</param>
internal sealed record Arrival(IPAddress? Peer, bool IsForwarded)
{
    // What nginx, Apache, Caddy, HAProxy, Traefik, IIS, the clouds and ASP.NET Core itself put on a request that they pass on.
    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "Via", "X-Real-IP", "Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fly-Client-IP", "X-Client-IP",
        "X-Cluster-Client-IP", "X-ProxyUser-Ip"
    ];

    private static readonly string[] ProxyPrefixes = ["X-Forwarded", "X-Original-"];

    /// <summary>Notes where every request came from; must stand first.</summary>
    public static void Note(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Features.Set(Of(context));
        return next(context);
    });

    /// <summary>Where the request came from.</summary>
    public static Arrival Of(HttpContext context) => new(context.Connection.RemoteIpAddress, IsPassedOn(context.Request));

    // No browser of this century speaks HTTP/1.0; nginx does to what it stands before, unless told otherwise.
    private static bool IsPassedOn(HttpRequest request) => HttpProtocol.IsHttp10(request.Protocol) || request.Headers.Keys.Any(name =>
        ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
            || ProxyPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
