using LoanRisk.Store.DataSets;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>What became of a file that was offered.</summary>
public enum FileOutcome
{
    /// <summary>Its rows joined.</summary>
    Joined,

    /// <summary>A file of the same content had joined before.</summary>
    Known,

    /// <summary>It is refused whole.</summary>
    Refused,
}

/// <summary>A file that was offered, and what became of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="File">What was recorded; null for a refused file.</param>
/// <param name="Cause">Why it is refused; null when it is not.</param>
public sealed record OfferedFile(string Name, FileOutcome Outcome, IngestedFile? File, string? Cause)
{
    /// <summary>What else is to be said of it, in sentences: lines that were left out, loans that were there already.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>It is refused for lines that sum the table up, and would join without them.</summary>
    public bool HasTotals { get; init; }
}

/// <summary>What an ingest did.</summary>
/// <param name="Files">Every file that was offered, in order.</param>
/// <param name="Before">The newest data version before; null when there was none.</param>
/// <param name="After">The newest data version now; null when there is none.</param>
/// <param name="Corrected">Outcomes that were corrected after they had joined; the data keeps the earlier ones, for nothing is
/// overwritten.</param>
public sealed record IngestResult(IReadOnlyList<OfferedFile> Files, DataVersion? Before, DataVersion? After, int Corrected)
{
    /// <summary>Names of files in the folder that are no tables.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];
}
