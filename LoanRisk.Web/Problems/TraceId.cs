using System.Diagnostics;

namespace LoanRisk.Web.Problems;

/// <summary>What names a request in the log and in its answer.</summary>
internal static class TraceId
{
    /// <summary>The header of every answer that holds it.</summary>
    public const string Header = "X-Trace-Id";

    /// <summary>Names every request in its answer, whatever becomes of it; must stand before what answers failures.</summary>
    public static void UseTraceId(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Answer, context);
        return next(context);
    });

    /// <summary>The name of a request.</summary>
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static Task Answer(object state)
    {
        var context = (HttpContext)state;
        context.Response.Headers[Header] = Of(context);
        return Task.CompletedTask;
    }
}
