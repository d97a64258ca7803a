namespace LoanRisk.Pipeline.Data;

/// <summary>Which rows are read: those of a file, or a version of the product's ingested data.</summary>
public sealed record DataChoice
{
    private DataChoice(string? file, int? version) => (File, Version) = (file, version);

    /// <summary>The newest ingested data.</summary>
    public static DataChoice Newest { get; } = new(null, null);

    /// <summary>The CSV file; null for ingested data.</summary>
    public string? File { get; }

    /// <summary>Number of the version; null for the newest, and for a file.</summary>
    public int? Version { get; }

    /// <summary>A CSV file.</summary>
    public static DataChoice OfFile(string path) => new(path, null);

    /// <summary>A version of the ingested data; null for the newest.</summary>
    public static DataChoice OfVersion(int? number) => new(null, number);

    /// <summary>A CSV file, or the newest ingested data where there is none.</summary>
    public static DataChoice OfFileOrNewest(string? path) => new(path, null);
}
