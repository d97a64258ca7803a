namespace LoanRisk.Pipeline.Ingest;

/// <summary>How files join.</summary>
/// <param name="Now">The time to record.</param>
public sealed record IngestOptions(DateTimeOffset Now)
{
    /// <summary>Lines that sum a table up are left out; otherwise such a file is refused.</summary>
    public bool LeaveOutTotals { get; init; }

    /// <summary>Told the share of files that are done; null when nobody asks.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Told each step that is done; for tests that stop between two of them.</summary>
    public Action<IngestStep>? Reached { get; init; }
}
