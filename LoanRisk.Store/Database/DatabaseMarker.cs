using Dapper;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>
/// A small file beside a database, <c>NAME.id</c>, with the id that the database was born with. A folder that has one has held a database
/// and never starts on an empty, missing or other one until somebody removes the marker.
/// </summary>
internal static class DatabaseMarker
{
    private const int LooksAtEmpty = 10;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>The marker of a database.</summary>
    public static string PathOf(string database) => database + ".id";

    /// <summary>Before the file is opened: SQLite would make a new one, and throw the log of an emptied one away.</summary>
    /// <exception cref="StoreException">The folder has held a database, and it is empty or gone.</exception>
    public static void RequireFile(string database)
    {
        var file = new FileInfo(database);
        if (file is { Exists: true, Length: > 0 })
        {
            return;
        }

        var state = file.Exists ? "is empty" : "is missing";
        if (File.Exists(PathOf(database)))
        {
            throw new StoreException(
                $"{database} {state}, and this folder has held a database before. "
                    + $"Restore it from a copy; or, to begin with an empty one, remove {PathOf(database)}.");
        }

        if (FolderTrace.Of(database, file.Exists) is { } trace && !IsBeingMade(file))
        {
            throw new StoreException(
                $"{database} {state}, and {trace} shows that this folder has held a database before. "
                    + "Restore it from a copy; or, to begin with an empty one, move "
                        + $"{(file.Exists ? $"{database} and what belongs to it" : trace)} away.");
        }
    }

    // Another process may have made the empty file just now, and the tables follow.
    private static bool IsBeingMade(FileInfo file)
    {
        for (var look = 0; file.Exists && look < LooksAtEmpty; look++)
        {
            Thread.Sleep(BetweenLooks);
            file.Refresh();
            if (file is { Exists: true, Length: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Once the database is open: writes the marker where there is none, compares it where there is one.</summary>
    /// <returns>The database's id.</returns>
    /// <exception cref="StoreException">Another database stands in the file's place, or the marker cannot be written.</exception>
    public static string Match(SqliteConnection connection, string database)
    {
        var id = IdOf(connection) ?? WriteTransaction.Run(connection, transaction => GiveId(connection, transaction));
        var marker = PathOf(database);
        if (!File.Exists(marker))
        {
            Write(marker, id);
        }

        var known = File.ReadLines(marker).FirstOrDefault()?.Trim();
        return known == id
            ? id
            : throw new StoreException(
                $"{database} is not the database that this folder has held: its id is {id}, and {marker} names {known}. "
                    + $"Put the right one there; or, to keep this one, remove {marker}.");
    }

    /// <summary>The id a database was born with; null when it has none.</summary>
    public static string? IdOf(SqliteConnection connection) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'database_identity'") == 0
        ? null
        : connection.QueryFirstOrDefault<string>("SELECT id FROM database_identity");

    // Not a migration: an earlier program that is put back must still open the database.
    private static string GiveId(SqliteConnection connection, SqliteTransaction transaction)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS database_identity (id TEXT NOT NULL CHECK (length(id) = 32));
            INSERT INTO database_identity SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM database_identity);
            """,
            transaction: transaction);
        return connection.QueryFirst<string>("SELECT id FROM database_identity", transaction: transaction);
    }

    private static void Write(string marker, string id)
    {
        var whole = $"{marker}.{Guid.NewGuid():N}";
        try
        {
            PrivateFiles.WriteText(
                whole,
                $"{id}\nThe id of the database beside this file. While this file is here, LoanRisk does not start with an empty or "
                    + "another database.\n");
            File.Move(whole, marker, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, marker);
        }
        finally
        {
            File.Delete(whole);
        }
    }
}
