using System.Diagnostics;

namespace LoanRisk.Web.Telemetry;

/// <summary>
/// Keeps out of the span of a request what its sender wrote: of address, query and headers only the route stays. A query may hold an
/// applicant's values, and a path the id of a decision, which nobody is to know who was not given it.
/// </summary>
/// <remarks>
/// No processor of OpenTelemetry: MVC looks at every type of the program, and its base would be loaded where telemetry is off.
/// </remarks>
internal static class RequestSpan
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.name", "network.protocol.version",
        "server.port", "error.type",
    };

    /// <summary>Probes ask every few seconds; their measures say enough.</summary>
    public static bool IsWanted(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes out all that may have come from the sender, once the answer is given.</summary>
    public static void Clean(Activity span)
    {
        foreach (var tag in span.TagObjects.Select(tag => tag.Key).Where(key => !Kept.Contains(key)).ToList())
        {
            span.SetTag(tag, null);
        }

        if (span.GetTagItem("http.route") is string route)
        {
            span.SetTag("url.path", $"/{route.TrimStart('/')}");
        }
    }
}
