using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// A commit as measures and traces show it. Its span is part of the trace of the first save that waits for it, and links to the others; the
/// span of each links to it.
/// </summary>
internal sealed class ObservedCommit : IDisposable
{
    private static readonly Histogram<double> Duration = StoreTelemetry.Meter.CreateHistogram(
        StoreTelemetry.CommitDuration,
        "s",
        "Duration of commits of decisions and outcomes.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });

    private static readonly Histogram<int> Rows = StoreTelemetry.Meter.CreateHistogram(
        StoreTelemetry.CommitRows,
        "{row}",
        "Decisions and outcomes in a commit.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] });

    private readonly IReadOnlyList<PendingSave> _group;

    private readonly string _system;

    private readonly int _rows;

    private readonly long _began = Stopwatch.GetTimestamp();

    private readonly Activity? _span;

    /// <param name="group">The saves that share the commit.</param>
    /// <param name="system">The database, by its name in OpenTelemetry's <c>db.system.name</c>.</param>
    public ObservedCommit(IReadOnlyList<PendingSave> group, string system)
    {
        (_group, _system) = (group, system);
        _rows = group.Sum(save => save.Content.Lines);
        _span = Begin([.. group.Select(save => save.Span).OfType<Activity>()]);
    }

    /// <summary>Why the commit failed; null when it did not.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The commit has ended.</summary>
    public void Dispose()
    {
        var error = Failure?.GetType().FullName;
        var tags = new TagList { { "db.system.name", _system } };
        if (error is not null)
        {
            tags.Add("error.type", error);
            Fail(_span, error);
            _group.Select(save => save.Span).ToList().ForEach(span => Fail(span, error));
        }

        Duration.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, tags);
        Rows.Record(_rows, tags);
        _span?.Dispose();
    }

    private static void Fail(Activity? span, string error) => span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);

    private Activity? Begin(Activity[] waiting)
    {
        if (waiting is not [var first, .. var others])
        {
            return null;
        }

        var span = StoreTelemetry.Source.StartActivity(
            StoreTelemetry.CommitSpan, ActivityKind.Client, first.Context, links: others.Select(other => new ActivityLink(other.Context)));
        if (span is not null)
        {
            span.SetTag("db.system.name", _system).SetTag("db.operation.name", "COMMIT").SetTag("db.operation.batch.size", _rows);
            Array.ForEach(waiting, other => other.AddLink(new ActivityLink(span.Context)));
        }

        return span;
    }
}
