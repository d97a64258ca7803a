using System.Data.Common;
using System.Security.Cryptography;
using Dapper;

namespace LoanRisk.Store.DataSets;

/// <summary>
/// The texts of parts in a database, cut into pieces; the files of the data folder are copies of them then, made where one is missing.
/// </summary>
internal static class PartPieces
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Keeps a part that stands as a file; one that is kept already stays as it is.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Keep(DbTransaction transaction, (string Product, string Sha256) part, string path)
    {
        var connection = transaction.Connection!;
        var kept = connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM part_pieces WHERE product = @Product AND sha256 = @Sha256)", Key(part), transaction);
        using var file = kept ? Stream.Null : File.OpenRead(path);
        Write(connection, part, file, transaction);
    }

    /// <summary>Keeps a part that is not kept yet.</summary>
    public static void Write(
        DbConnection connection, (string Product, string Sha256) part, Stream file, DbTransaction? transaction = null)
    {
        var piece = new byte[PieceBytes];
        for (int number = 0, length; (length = file.ReadAtLeast(piece, PieceBytes, throwOnEndOfStream: false)) > 0; number++)
        {
            connection.Execute(
                "INSERT INTO part_pieces (product, sha256, number, content) VALUES (@Product, @Sha256, @number, @content)",
                new { part.Product, part.Sha256, number, content = piece[..length] },
                transaction);
        }
    }

    /// <summary>Makes the file of a part anew.</summary>
    /// <exception cref="StoreException">The database has it not whole, or the file cannot be written.</exception>
    public static void Restore(DbConnection connection, (string Product, string Sha256) part, string path)
    {
        var fresh = Path.Combine(Path.GetDirectoryName(path)!, $".{part.Sha256}.{Guid.NewGuid():N}.unfinished");
        try
        {
            if (Write(connection, part, fresh) != part.Sha256)
            {
                throw new StoreException(
                    $"Part {part.Sha256} of {part.Product} is not whole in the database: restore the database from a copy, "
                        + "or ingest the files into another one.")
                { IsDamage = true };
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, path);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>The hash of a part as the database has it; of nothing where it has none.</summary>
    public static string HashOf(DbConnection connection, (string Product, string Sha256) part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in Read(connection, part))
        {
            hash.AppendData(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Write(DbConnection connection, (string Product, string Sha256) part, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = PrivateFiles.Open(path, FileMode.CreateNew, FileAccess.Write);
        foreach (var piece in Read(connection, part))
        {
            hash.AppendData(piece);
            file.Write(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The pieces of a part, in their order.</summary>
    public static IEnumerable<byte[]> Read(DbConnection connection, (string Product, string Sha256) part) => connection.Query<byte[]>(
        "SELECT content FROM part_pieces WHERE product = @Product AND sha256 = @Sha256 ORDER BY number", Key(part), buffered: false);

    private static object Key((string Product, string Sha256) part) => new { part.Product, part.Sha256 };
}
