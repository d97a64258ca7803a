using Npgsql;

namespace LoanRisk.Store.Database;

/// <summary>
/// Statements that come back in time even from a server that hangs. Npgsql's own time limit does not: it asks the server to cancel, and
/// waits for that without a limit.
/// </summary>
internal static class BoundedCommand
{
    /// <summary>Waits for what is begun; what comes late is disposed of.</summary>
    /// <exception cref="SilentServerException">It did not come in time.</exception>
    /// <exception cref="NpgsqlException">It failed.</exception>
    public static T Wait<T>(Task<T> begun, TimeSpan limit)
        where T : IDisposable
    {
        if (!HasEnded(begun, limit))
        {
            _ = begun.ContinueWith(late => late.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            _ = begun.ContinueWith(late => late.Exception, TaskContinuationOptions.OnlyOnFaulted);
            throw new SilentServerException(limit);
        }

        return begun.GetAwaiter().GetResult();
    }

    /// <summary>Runs a command, which has no time limit of its own.</summary>
    /// <exception cref="SilentServerException">
    /// There was no answer in time; command and connection may not be used any more. The connection is closed when the server, or the
    /// network, says something at last.
    /// </exception>
    /// <exception cref="NpgsqlException">It failed.</exception>
    public static void RunBounded(this NpgsqlCommand command, TimeSpan limit)
    {
        var connection = command.Connection!;
        var running = command.ExecuteNonQueryAsync();
        if (!HasEnded(running, limit))
        {
            _ = running.ContinueWith(
                late =>
                {
                    _ = late.Exception;
                    connection.Dispose();
                },
                TaskScheduler.Default);
            throw new SilentServerException(limit);
        }

        running.GetAwaiter().GetResult();
    }

    private static bool HasEnded(Task task, TimeSpan limit)
    {
        try
        {
            return task.Wait(limit);
        }
        catch (AggregateException)
        {
            return true; // how, is asked afterwards
        }
    }
}
