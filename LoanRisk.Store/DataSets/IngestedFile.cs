namespace LoanRisk.Store.DataSets;

/// <summary>Where the rows of an ingested file came from.</summary>
public enum RowSource
{
    /// <summary>A CSV file.</summary>
    File,

    /// <summary>Outcomes reported for decisions of the site.</summary>
    Outcomes,
}

/// <summary>A file that joined a product's data. It is known by its content; the name is only what it was called then.</summary>
public sealed record IngestedFile
{
    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>SHA-256 of the file as it came, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its name without the folder.</summary>
    public required string Name { get; init; }

    /// <summary>A file, or outcomes of the site's decisions.</summary>
    public required RowSource Source { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it joined.</summary>
    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>The newest data version when it had joined.</summary>
    public int Version { get; init; }

    /// <summary>SHA-256 of the part that keeps its rows; null when it brought none.</summary>
    public string? PartSha256 { get; init; }

    /// <summary>Rows it held.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows that joined.</summary>
    public required long RowsKept { get; init; }

    /// <summary>Rows that were there already, letter for letter.</summary>
    public required long RowsDuplicate { get; init; }

    /// <summary>Rows that cannot be used. Earlier versions counted rows without an outcome among them.</summary>
    public required long RowsRejected { get; init; }

    /// <summary>Rows whose loans have no outcome yet: the rest of those read. Nothing is wrong with them, and they do not join.</summary>
    public long RowsWithoutOutcome => RowsRead - RowsKept - RowsDuplicate - RowsRejected;
}

/// <summary>A row that cannot be used.</summary>
/// <param name="Line">The line it starts in, counted from 1 with the header.</param>
/// <param name="Cause">What is wrong and what is allowed.</param>
public sealed record RejectedRow(long Line, string Cause);
