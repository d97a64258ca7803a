using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// Fails the jobs of workers that are gone. Where the database could not be reached just now their workers could not say there that they
/// live: they get the time to.
/// </summary>
/// <param name="jobs">The jobs.</param>
/// <param name="clock">The time.</param>
public sealed class AbandonedJobs(JobStore jobs, TimeProvider clock)
{
    /// <summary>How long a worker may take to reach the database again: it tries every second, and a try may last five.</summary>
    internal static readonly TimeSpan TimeToReturn = TimeSpan.FromSeconds(15);

    private long? _troubleAt;

    /// <summary>Fails them.</summary>
    /// <param name="living">A worker that is known to live.</param>
    /// <returns>Those that were failed.</returns>
    /// <exception cref="StoreException">Jobs cannot be read or written.</exception>
    public IReadOnlyList<Job> Fail(string living)
    {
        try
        {
            return jobs.AnyAbandoned(clock.GetUtcNow(), living) && !IsTooSoon
                ? jobs.FailAbandoned(JobWords.Interrupted, clock.GetUtcNow(), living)
                : [];
        }
        catch (StoreException)
        {
            _troubleAt = clock.GetTimestamp();
            throw;
        }
    }

    private bool IsTooSoon => _troubleAt is { } at && clock.GetElapsedTime(at) < TimeToReturn;
}
