using Dapper;
using LoanRisk.Lending;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>
/// Whether a database looks whole, at a price that a start can pay: its length, and its structure while it is small; of a large one the
/// structure is left to <see cref="Checks.FolderCheck"/>.
/// </summary>
internal static class QuickCheck
{
    /// <summary>Above this a start does not read the whole file.</summary>
    public const long MostBytes = 256L << 20;

    /// <exception cref="StoreException">It is damaged.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        if (WhyShort(connection, path) is { } cut)
        {
            throw new StoreException($"{path} is damaged: {cut} Restore it from a copy.") { IsDamage = true };
        }

        if (new FileInfo(path).Length <= MostBytes && connection.QueryFirst<string>("PRAGMA quick_check(1)") is not "ok" and var fault)
        {
            throw new StoreException($"{path} is damaged ({fault.ReplaceLineEndings(" ")}). Restore it from a copy.") { IsDamage = true };
        }
    }

    /// <summary>Why a file cannot be whole by its length; null when it can. Pages that only the log has are not missing yet.</summary>
    public static string? WhyShort(SqliteConnection connection, string path)
    {
        var promised = connection.ExecuteScalar<long>("PRAGMA page_count") * connection.ExecuteScalar<long>("PRAGMA page_size");
        var (length, log) = (new FileInfo(path).Length, new FileInfo(path + "-wal"));
        return length >= promised || log is { Exists: true, Length: > 0 }
            ? null
            : $"it has {CountedNoun.Of(length, "byte")} and says that it has {promised:N0}.";
    }
}
