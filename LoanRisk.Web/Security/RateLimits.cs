using System.Globalization;
using System.Threading.RateLimiting;
using LoanRisk.Web.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace LoanRisk.Web.Security;

/// <summary>
/// How many applications one caller may send, counted in this process by the name of a person or key, else by address; reading pages and
/// asking for health is free. Who tries to sign in is counted by address, and closely.
/// </summary>
internal static class RateLimits
{
    private const int SignInsPerMinute = 30;

    private static readonly PathString[] SignIns = ["/sign-in", "/setup"];

    public static void AddRateLimits(this WebApplicationBuilder builder) => builder.Services.AddRateLimiter(limiter =>
    {
        var permits = builder.Configuration.ReadSettings<SecurityOptions>().RequestsPerMinute;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => permits > 0 && IsCounted(context.Request)
            ? IsSignIn(context.Request) ? Window("sign-in " + Address(context), SignInsPerMinute) : Window(Name(context), permits)
            : RateLimitPartition.GetNoLimiter("free"));
        limiter.OnRejected = SayWhenToTryAgain;
    });

    private static bool IsCounted(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static bool IsSignIn(HttpRequest request) => Array.Exists(
        SignIns, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static string Name(HttpContext context) => context.User.Identity is { IsAuthenticated: true } known
        ? $"{known.AuthenticationType} {known.Name}"
        : $"address {Address(context)}";

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static RateLimitPartition<string> Window(string who, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static ValueTask SayWhenToTryAgain(OnRejectedContext context, CancellationToken cancellationToken)
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    }
}
