using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.DataSets;

/// <summary>
/// The data of each product: immutable part files under <c>datasets/PRODUCT/parts</c> in the data folder, and the versions made of them. A
/// part gets its name (its own hash) when it is whole and on disk; only then one transaction makes it belong to a version. Whatever is
/// interrupted before that leaves at most a file nobody refers to. With a database server that transaction also keeps the part there, and
/// the file is a copy that each machine makes for itself.
/// </summary>
public sealed class DataSetStore
{
    private const string WaitForIt = "Wait for it and run this again.";

    private readonly SharedDatabase _file;

    private readonly DataFolder _data;

    private DataSetStore(SharedDatabase file, DataFolder data) => (_file, _data) = (file, data);

    private bool KeepsParts => _data.Server is not null;

    /// <summary>Opens the data sets of a data folder; creates what is missing.</summary>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static DataSetStore Open(DataFolder folder) => new(ModelDatabase.Open(folder), folder);

    /// <summary>The folder of a product's part files; made where it is missing.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public string PartFolder(string product)
    {
        var path = Path.GetDirectoryName(PartPath(_data, product, ""))!;
        try
        {
            return PrivateFiles.CreateFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, path);
        }
    }

    /// <summary>The file of a part that has joined; where the database keeps it, made when this machine has none.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public string PartPath(string product, string sha256)
    {
        PartFolder(product);
        var path = PartPath(_data, product, sha256);
        if (KeepsParts && !File.Exists(path))
        {
            _file.Read(connection =>
            {
                PartPieces.Restore(connection, (product, sha256), path);
                return path;
            });
        }

        return path;
    }

    /// <summary>The place of that file, whether it is there or not.</summary>
    internal static string PartPath(DataFolder folder, string product, string sha256) =>
        Path.Combine(folder.Path, "datasets", product, "parts", $"{sha256}.csv");

    /// <summary>Keeps everybody else from joining files to the product until disposed.</summary>
    /// <exception cref="StoreException">Somebody else is at it.</exception>
    public IDisposable Lock(string product) => _data.Server is { } server
        ? server.TryLock($"ingest {product}") ?? throw new StoreException($"Another ingest of {product} is running. {WaitForIt}")
        : LockFile(product);

    private FileStream LockFile(string product)
    {
        var path = Path.Combine(PartFolder(product), "..", "ingest.lock");
        try
        {
            return PrivateFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"Another ingest of {product} is running, or {Path.GetFullPath(path)} cannot be written to. {WaitForIt}", e);
        }
    }

    /// <summary>Files that joined, the oldest first.</summary>
    public IReadOnlyList<IngestedFile> Files(string product) => _file.Read<IReadOnlyList<IngestedFile>>(connection =>
        [
            .. connection.Query<IngestedFileRow>("SELECT * FROM ingested_files WHERE product = @product ORDER BY rowid", new { product })
                .Select(row => row.ToFile()),
        ]);

    /// <summary>Versions, the oldest first.</summary>
    public IReadOnlyList<DataVersion> Versions(string product) => _file.Read(connection => Versions(connection, null, product));

    /// <summary>The newest version, or null before the first file.</summary>
    public DataVersion? Latest(string product) => Versions(product) is { Count: > 0 } versions ? versions[^1] : null;

    /// <summary>The rows of a file that could not be used, in order of line.</summary>
    public IReadOnlyList<RejectedRow> Rejected(string product, string sha256) => _file.Read<IReadOnlyList<RejectedRow>>(connection =>
        [
            .. connection.Query<(long Line, string Cause)>(
                "SELECT line, cause FROM rejected_rows WHERE product = @product AND sha256 = @sha256 ORDER BY line",
                new { product, sha256 })
                .Select(row => new RejectedRow(row.Line, row.Cause)),
        ]);

    /// <summary>The part files of a version, in the order they joined.</summary>
    /// <exception cref="StoreException">A part file is missing.</exception>
    public IReadOnlyList<string> Parts(DataVersion version)
    {
        var paths = Files(version.Product)
            .Where(file => file.PartSha256 is not null && file.Version <= version.Version)
            .Select(file => PartPath(file.Product, file.PartSha256!))
            .ToList();
        return paths.Find(path => !File.Exists(path)) is { } missing
            ? throw new StoreException(
                $"{missing} is missing: restore the folder of data sets from a copy, or ingest the files into another data folder.")
            : paths;
    }

    /// <summary>
    /// Makes a file, and the part that keeps its rows, belong to the product: with rows it makes a new version, without it is only
    /// remembered.
    /// </summary>
    /// <param name="file">The file; its version is given here.</param>
    /// <param name="schemaVersion">The product's schema version its rows were checked against.</param>
    /// <param name="badRows">How many of the kept rows turned bad.</param>
    /// <param name="rejected">The rows that cannot be used, or the first of them.</param>
    /// <returns>The newest version; null when the product has none yet.</returns>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public DataVersion? Join(IngestedFile file, string schemaVersion, long badRows, IReadOnlyList<RejectedRow> rejected) =>
        _file.Write((connection, transaction) =>
    {
        var version = Versions(connection, transaction, file.Product).LastOrDefault();
        if (file.PartSha256 is not null)
        {
            Keep(transaction, file);
            version = Next(transaction, file, version, schemaVersion, badRows);
        }

        if (version is null)
        {
            return null;
        }

        connection.Execute(
            """
            INSERT INTO ingested_files (
                product, sha256, name, source, bytes, ingested_at, version, part_sha256,
                rows_read, rows_kept, rows_duplicate, rows_rejected)
            VALUES (
                @Product, @Sha256, @Name, @Source, @Bytes, @IngestedAt, @Version, @PartSha256,
                @RowsRead, @RowsKept, @RowsDuplicate, @RowsRejected)
            """,
            IngestedFileRow.From(file, version.Version),
            transaction);
        connection.Execute(
            "INSERT INTO rejected_rows (product, sha256, line, cause) VALUES (@Product, @Sha256, @Line, @Cause)",
            rejected.Select(row => new { file.Product, file.Sha256, row.Line, Cause = SqlText.Held(row.Cause) }),
            transaction);
        return version;
    });

    private void Keep(DbTransaction transaction, IngestedFile file)
    {
        if (KeepsParts)
        {
            PartPieces.Keep(transaction, (file.Product, file.PartSha256!), PartPath(_data, file.Product, file.PartSha256!));
        }
    }

    private static DataVersion Next(
        DbTransaction transaction, IngestedFile file, DataVersion? before, string schemaVersion, long badRows)
    {
        var connection = transaction.Connection!;
        var parts = connection.Query<string>(
            "SELECT part_sha256 FROM ingested_files WHERE product = @Product AND part_sha256 IS NOT NULL ORDER BY rowid",
            new { file.Product },
            transaction);
        string[] lines = [file.Product, schemaVersion, .. parts, file.PartSha256!];
        var version = new DataVersion(
            file.Product,
            (before?.Version ?? 0) + 1,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))))),
            schemaVersion,
            file.IngestedAt,
            (before?.Rows ?? 0) + file.RowsKept,
            (before?.BadRows ?? 0) + badRows);
        connection.Execute(
            "INSERT INTO data_versions (product, version, id, schema_version, created_at, rows, bad_rows) VALUES (@Product, @Version, "
                + "@Id, @SchemaVersion, @at, @Rows, @BadRows)",
            new
            {
                version.Product,
                version.Version,
                version.Id,
                version.SchemaVersion,
                at = SqlText.Of(version.CreatedAt),
                version.Rows,
                version.BadRows,
            },
            transaction);
        return version;
    }

    private static List<DataVersion> Versions(DbConnection connection, DbTransaction? transaction, string product) =>
    [
        .. connection.Query<DataVersionRow>(
            "SELECT * FROM data_versions WHERE product = @product ORDER BY version", new { product }, transaction)
            .Select(row => row.ToVersion()),
    ];
}
