using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LoanRisk.Store;

/// <summary>
/// What the store tells of itself to whoever listens; nobody listening costs nothing. Names and units are those of OpenTelemetry. No
/// measure and no span holds what is stored.
/// </summary>
public static class StoreTelemetry
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "LoanRisk.Store";

    /// <summary>How long a commit took, in seconds; its count is the number of commits. A failed one has <c>error.type</c>.</summary>
    public const string CommitDuration = "loanrisk.store.commit.duration";

    /// <summary>Decisions and outcomes in a commit.</summary>
    public const string CommitRows = "loanrisk.store.commit.rows";

    /// <summary>The span of a request that waits until its rows are on disk; it links to the commit.</summary>
    public const string StoreSpan = "store";

    /// <summary>The span of a commit, which many requests share; it links to the spans that wait for it.</summary>
    public const string CommitSpan = "commit";

    internal static readonly ActivitySource Source = new(Name);

    internal static readonly Meter Meter = new(Name);

    /// <summary>Begins the span of a request that waits for its rows; null when nobody listens.</summary>
    internal static Activity? BeginStoring() => Source.StartActivity(StoreSpan);
}
