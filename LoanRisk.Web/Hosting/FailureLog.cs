using LoanRisk.Store;
using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace LoanRisk.Web.Hosting;

/// <summary>Writes what failed into the log, under the trace id that the answer names; who answers is another's business.</summary>
internal sealed partial class FailureLog(ILogger<FailureLog> log, TimeProvider clock) : IExceptionHandler
{
    private static readonly TimeSpan BetweenSame = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();

    private (string? Cause, long At) _told;

    /// <inheritdoc/>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ErrorPages.IsDefect(exception))
        {
            LogDefect(log, TraceId.Of(httpContext), exception);
        }
        else if (StoreException.Of(exception) is { } store && IsNews(store.Message))
        {
            LogStore(log, TraceId.Of(httpContext), store.Message);
        }

        return ValueTask.FromResult(false);
    }

    /// <summary>A disk that is full fails every request; the log, which may stand on it, gets the cause once a minute.</summary>
    private bool IsNews(string cause)
    {
        lock (_lock)
        {
            if (_told.Cause == cause && clock.GetElapsedTime(_told.At) < BetweenSame)
            {
                return false;
            }

            _told = (cause, clock.GetTimestamp());
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} failed.")]
    private static partial void LogDefect(ILogger log, string traceId, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {TraceId} was not answered. {Cause}")]
    private static partial void LogStore(ILogger log, string traceId, string cause);
}
