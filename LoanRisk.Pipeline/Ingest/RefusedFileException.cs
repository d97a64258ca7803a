namespace LoanRisk.Pipeline.Ingest;

/// <summary>A file is refused whole; the message says why and what to do.</summary>
/// <param name="message">The message.</param>
/// <param name="hasTotals">It is refused for lines that sum the table up, and would join without them.</param>
public sealed class RefusedFileException(string message, bool hasTotals = false) : Exception(message)
{
    /// <summary>It is refused for lines that sum the table up, and would join without them.</summary>
    public bool HasTotals { get; } = hasTotals;
}
