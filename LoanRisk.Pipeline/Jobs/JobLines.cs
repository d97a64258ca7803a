using System.Globalization;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>What a worker tells, as lines with the time: what it is at every ten seconds, everything else at once.</summary>
/// <param name="output">Where they go.</param>
/// <param name="error">Where failures go.</param>
/// <param name="clock">The time.</param>
public sealed class JobLines(TextWriter output, TextWriter error, TimeProvider clock)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();

    private long _written;

    /// <summary>Says where the worker waits for jobs.</summary>
    public void Greet(JobPlace place) =>
        Write(output, $"Worker {place.Worker} waits for jobs in {place.Data.Server?.Shown ?? place.Data.Path}; Ctrl-C ends it.");

    /// <summary>Writes one; from whatever thread.</summary>
    public void Write(JobNews news)
    {
        lock (_lock)
        {
            if (news.Kind == JobNewsKind.Progress && clock.GetElapsedTime(_written) < BetweenProgress)
            {
                return;
            }

            var lines = news.Kind is JobNewsKind.Trouble or JobNewsKind.Defect ? error : output;
            Write(lines, news.Error is { } defect ? $"{Words(news)}\n{defect}" : Words(news));
        }
    }

    private static string Words(JobNews news) =>
        news is { Kind: JobNewsKind.Progress, Job: { } job } ? $"{JobWords.Name(job)}: {news.Share:P0}, {news.Words}" : news.Words;

    private void Write(TextWriter lines, string words)
    {
        _written = clock.GetTimestamp();
        lines.WriteLine($"{clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {words}");
        lines.Flush();
    }
}
