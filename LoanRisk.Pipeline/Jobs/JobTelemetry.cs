using System.Diagnostics.Metrics;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>Jobs as measures show them: how many of which kind ended how, and how long they took.</summary>
public static class JobTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "LoanRisk.Jobs";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "loanrisk.job.duration",
        "s",
        "Duration of jobs from their begin to their end; its count is the number of jobs.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200] });

    /// <summary>Somebody listens.</summary>
    internal static bool IsOn => Duration.Enabled;

    /// <summary>A job has ended; nothing is counted of one that has not.</summary>
    public static void Count(Job job)
    {
        if (job is { StartedAt: { } begun, EndedAt: { } ended })
        {
            Duration.Record(
                (ended - begun).TotalSeconds,
                new("loanrisk.product", job.Product),
                new("loanrisk.job.kind", job.Kind),
                new("loanrisk.job.end", job.State.ToString().ToLowerInvariant()));
        }
    }
}
