using System.Globalization;
using System.Threading.RateLimiting;
using LoanRisk.Web.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace LoanRisk.Web.Security;

/// <summary>How many applications one address may send; reading pages and asking for health is free.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder) => builder.Services.AddRateLimiter(limiter =>
    {
        var permits = builder.Configuration.ReadSettings<SecurityOptions>().RequestsPerMinute;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => permits > 0 && IsCounted(context.Request)
            ? ByAddress(context, permits)
            : RateLimitPartition.GetNoLimiter("free"));
        limiter.OnRejected = SayWhenToTryAgain;
    });

    private static bool IsCounted(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static RateLimitPartition<string> ByAddress(HttpContext context, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static ValueTask SayWhenToTryAgain(OnRejectedContext context, CancellationToken cancellationToken)
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    }
}
