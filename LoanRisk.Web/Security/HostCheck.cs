using System.Net;
using System.Net.Mime;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Texts;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Security;

/// <summary>
/// Answers only requests for a name the site goes by: a page elsewhere that has its own name lead here would otherwise read this site
/// through the browser of whoever opens it. An address is no such name, so a site that listens beyond this machine goes by every address,
/// which probes of platforms need, and by its machine's name.
/// </summary>
internal sealed class HostCheck(
    RequestDelegate next, OwnAddresses addresses, IOptions<SecurityOptions> security, IConfiguration configuration)
{
    private const int LongestShown = 80;

    private readonly HostNames _named = security.Value.AllowedHosts;

    private readonly HostNames _platform = Platform.Of(configuration)?.Hosts ?? HostNames.None;

    public Task InvokeAsync(HttpContext context) => IsOwn(context.Request) ? next(context) : RefuseAsync(context);

    private bool IsOwn(HttpRequest request)
    {
        var host = request.Host;
        return host.HasValue
            ? OwnAddresses.IsLocal(host.Host)
                || _named.Match(host)
                || _platform.Match(host)
                || (!addresses.AreLocal && IsMachine(host.Host))
            // A load balancer's probe may leave the name out.
            : request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsMachine(string host) =>
        IPAddress.TryParse(host, out _) || string.Equals(host, Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context)
    {
        var sentence = $"This site does not go by the name '{LogText.Shorten(context.Request.Host.Host, LongestShown)}'. Whoever runs "
            + $"it lets it do so with the setting {SecurityOptions.AllowedHostsSetting}.";
        return IsForPerson(context.Request)
            ? WritePageAsync(context, WebUtility.HtmlEncode(sentence))
            : ApiProblem.Malformed(sentence).WriteAsync(context);
    }

    private static bool IsForPerson(HttpRequest request) =>
        !ApiAddress.Covers(request)
            && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);

    // By itself: styles and scripts would be refused under that name too.
    private static Task WritePageAsync(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            <title>Wrong name - LoanRisk</title></head>
            <body><h1>Not under this name</h1><p>{sentence}</p></body>
            </html>

            """,
            context.RequestAborted);
    }
}
