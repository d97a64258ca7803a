namespace LoanRisk.Store.DataSets;

/// <summary>A product's data as it stood after a file had joined: all parts so far. Never changed.</summary>
/// <param name="Product">Product id.</param>
/// <param name="Version">Number from 1.</param>
/// <param name="Id">Content hash: SHA-256 over product, schema version and the hashes of its parts, hexadecimal.</param>
/// <param name="SchemaVersion">The product's schema version its newest part was checked against.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Rows">Rows of all parts.</param>
/// <param name="BadRows">How many of them turned bad.</param>
public sealed record DataVersion(
    string Product, int Version, string Id, string SchemaVersion, DateTimeOffset CreatedAt, long Rows, long BadRows);
