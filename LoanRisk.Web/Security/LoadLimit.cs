using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;

namespace LoanRisk.Web.Security;

/// <summary>
/// Lets only so many requests in at a time: a few more wait, the others are told at once to come again, so that those inside are answered as fast as ever. Health checks
/// and static files are always answered; their endpoints say so.
/// </summary>
internal sealed class LoadLimit(RequestDelegate next, RequestsAtOnce requests)
{
    /// <summary>Seconds after which a refused request may be sent again.</summary>
    private static readonly string Wait = 1.ToString(CultureInfo.InvariantCulture);

    public async Task InvokeAsync(HttpContext context)
    {
        if (requests.Limiter is not { } limiter || IsFree(context))
        {
            await next(context);
            return;
        }

        using var lease = await limiter.AcquireAsync(permitCount: 1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        context.Features.Set(new Refused());
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Wait;
    }

    /// <summary>True for a request that was refused for too much load.</summary>
    public static bool HasRefused(HttpContext context) => context.Features.Get<Refused>() is not null;

    // An error page that is shown in place of an answer belongs to a request that was let in, or is a refusal itself.
    private static bool IsFree(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null
        || context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private sealed class Refused;
}
