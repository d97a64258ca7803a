using System.Globalization;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>What a worker tells, as lines with the time: what it is at every ten seconds, everything else at once.</summary>
/// <param name="session">Where they go: failures to the error stream.</param>
/// <param name="clock">The time.</param>
internal sealed class WorkerLines(ConsoleSession session, TimeProvider clock)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();

    private long _written;

    /// <summary>Writes one; from whatever thread.</summary>
    public void Write(JobNews news)
    {
        lock (_lock)
        {
            if (news.Kind == JobNewsKind.Progress && clock.GetElapsedTime(_written) < BetweenProgress)
            {
                return;
            }

            _written = clock.GetTimestamp();
            var output = news.Kind is JobNewsKind.Trouble or JobNewsKind.Defect ? session.Error : session.Output;
            var now = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            output.WriteLine($"{now} {Words(news)}");
            if (news.Error is { } error)
            {
                output.WriteLine(error);
            }

            output.Flush();
        }
    }

    private static string Words(JobNews news) =>
        news is { Kind: JobNewsKind.Progress, Job: { } job } ? $"{JobWords.Name(job)}: {news.Share:P0}, {news.Words}" : news.Words;
}
