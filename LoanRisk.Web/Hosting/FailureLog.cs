using System.Diagnostics;
using LoanRisk.Store;
using Microsoft.AspNetCore.Diagnostics;

namespace LoanRisk.Web.Hosting;

/// <summary>Writes what failed into the log, under the trace id that the answer names; who answers is another's business.</summary>
internal sealed partial class FailureLog(ILogger<FailureLog> log) : IExceptionHandler
{
    /// <summary>Names a request in the log and in its answer.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <inheritdoc/>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ErrorPages.IsDefect(exception))
        {
            LogDefect(log, TraceIdOf(httpContext), exception);
        }
        else if (exception is StoreException)
        {
            LogStore(log, TraceIdOf(httpContext), exception.Message);
        }

        return ValueTask.FromResult(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} failed.")]
    private static partial void LogDefect(ILogger log, string traceId, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} was not answered. {Cause}")]
    private static partial void LogStore(ILogger log, string traceId, string cause);
}
