namespace LoanRisk.Store.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is being done.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Done,

    /// <summary>It ended without a result; the message says why.</summary>
    Failed,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>Work that was asked for and is done in the background.</summary>
/// <param name="Id">Not guessable.</param>
/// <param name="Product">Product id.</param>
/// <param name="Kind">What kind of work.</param>
/// <param name="Arguments">What it works with, as JSON.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Progress">The share done, 0 to 1.</param>
/// <param name="Message">What it is at, or how it ended.</param>
/// <param name="Result">What came of it; null before.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended, whatever way.</param>
public sealed record Job(
    string Id,
    string Product,
    string Kind,
    string Arguments,
    JobState State,
    double Progress,
    string Message,
    string? Result,
    DateTimeOffset RequestedAt,
    string RequestedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Which worker took it; null while it waits.</summary>
    public string? Worker { get; init; }
}
