using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;

namespace LoanRisk.Web.Security;

/// <summary>
/// Lets only so many requests in at a time: a few more wait, the others are told at once to come again, so that those inside are answered
/// as fast as ever. A connection that comes again before the time it was told is kept waiting until then, and told to wait longer the next
/// time: callers that do not listen cost little but their connection. An application that is still on its way is not let in yet. Health
/// checks and static files are always answered; their endpoints say so.
/// </summary>
internal sealed class LoadLimit(RequestDelegate next, RequestsAtOnce requests, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (requests.Limiter is not { } limiter || IsFree(context))
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
        {
            await ArrivingBody.WaitAsync(context);
        }

        using var lease = await Enter(limiter, context);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        var wait = RefusedConnection.Refuse(context, clock);
        context.Features.Set(new Refused());
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>True for a request that was refused for too much load.</summary>
    public static bool HasRefused(HttpContext context) => context.Features.Get<Refused>() is not null;

    private async ValueTask<RateLimitLease> Enter(ConcurrencyLimiter limiter, HttpContext context)
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        if (RefusedConnection.StillToWait(context, clock) is { } rest)
        {
            await Task.Delay(rest, clock, context.RequestAborted);
        }

        return await limiter.AcquireAsync(permitCount: 1, context.RequestAborted);
    }

    // An error page that is shown in place of an answer belongs to a request that was let in, or is a refusal itself.
    private static bool IsFree(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null
        || context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private sealed class Refused;
}
