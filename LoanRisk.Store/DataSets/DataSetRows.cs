using LoanRisk.Store.Database;

namespace LoanRisk.Store.DataSets;

/// <summary>A line of the table <c>data_versions</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class DataVersionRow
{
    public string Product { get; set; } = "";

    public int Version { get; set; }

    public string Id { get; set; } = "";

    public string SchemaVersion { get; set; } = "";

    public string CreatedAt { get; set; } = "";

    public long Rows { get; set; }

    public long BadRows { get; set; }

    public DataVersion ToVersion() => new(Product, Version, Id, SchemaVersion, SqlText.Moment(CreatedAt), Rows, BadRows);
}

/// <summary>A line of the table <c>ingested_files</c>.</summary>
internal sealed class IngestedFileRow
{
    public string Product { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public string Name { get; set; } = "";

    public string Source { get; set; } = "";

    public long Bytes { get; set; }

    public string IngestedAt { get; set; } = "";

    public int Version { get; set; }

    public string? PartSha256 { get; set; }

    public long RowsRead { get; set; }

    public long RowsKept { get; set; }

    public long RowsDuplicate { get; set; }

    public long RowsRejected { get; set; }

    public static IngestedFileRow From(IngestedFile file, int version) => new()
    {
        Product = file.Product,
        Sha256 = file.Sha256,
        Name = SqlText.Held(file.Name),
        Source = SqlText.Of(file.Source),
        Bytes = file.Bytes,
        IngestedAt = SqlText.Of(file.IngestedAt),
        Version = version,
        PartSha256 = file.PartSha256,
        RowsRead = file.RowsRead,
        RowsKept = file.RowsKept,
        RowsDuplicate = file.RowsDuplicate,
        RowsRejected = file.RowsRejected,
    };

    public IngestedFile ToFile() => new()
    {
        Product = Product,
        Sha256 = Sha256,
        Name = Name,
        Source = SqlText.Enum<RowSource>(Source),
        Bytes = Bytes,
        IngestedAt = SqlText.Moment(IngestedAt),
        Version = Version,
        PartSha256 = PartSha256,
        RowsRead = RowsRead,
        RowsKept = RowsKept,
        RowsDuplicate = RowsDuplicate,
        RowsRejected = RowsRejected,
    };
}
