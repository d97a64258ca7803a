using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>
/// The database of models under the name it had up to version 0.1. Whoever opens a folder first, site or console, moves it to the name of
/// today; a move that was interrupted is finished by the next one.
/// </summary>
internal static class FormerDatabaseName
{
    /// <summary>The name of then.</summary>
    public const string FileName = "workshop.db";

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    /// <summary>The database of models in a folder, under whichever name it stands there.</summary>
    public static string Present(string folder)
    {
        var (former, path) = Paths(folder);
        return File.Exists(former) && !File.Exists(path) ? FileName : ModelDatabase.FileName;
    }

    /// <summary>True when there is one under each name.</summary>
    public static bool IsBeside(string folder)
    {
        var (former, path) = Paths(folder);
        return File.Exists(former) && File.Exists(path);
    }

    /// <summary>
    /// The same as <see cref="Move"/>, for a program that does not hold the lock of the folder: a site of an earlier version must not lose
    /// the file while it runs.
    /// </summary>
    /// <exception cref="StoreException">
    /// It cannot be moved, or there is one under each name, or a site runs on it; nothing is lost.
    /// </exception>
    public static void MoveAlone(DataFolder folder)
    {
        if (!IsLeft(folder))
        {
            return;
        }

        try
        {
            using var fileLock = FolderLock.Take(folder);
            Move(folder);
        }
        catch (StoreException) when (!IsLeft(folder))
        {
            // Another process was quicker.
        }
    }

    /// <summary>
    /// Moves the database and its marker to the name of today, where that is still to be done. The caller holds the lock of the folder.
    /// </summary>
    /// <exception cref="StoreException">It cannot be moved, or there is one under each name; nothing is lost.</exception>
    public static void Move(DataFolder folder)
    {
        var former = Paths(folder.Path).Former;
        try
        {
            foreach (var _ in Steps(folder.Path, BusyTimeout))
            {
                // Each step leaves a state from which the next start goes on.
            }
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e, former);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreException.OfFile(e, former);
        }
    }

    /// <summary>
    /// First what a log holds becomes part of the file, and nobody else may use it; then the marker is renamed, so that the folder never
    /// looks as if it had held no models; then the file.
    /// </summary>
    /// <returns>What was done, after each step.</returns>
    internal static IEnumerable<string> Steps(string folder, TimeSpan busyTimeout)
    {
        var (former, path) = Paths(folder);
        if (!File.Exists(former))
        {
            if (MoveMarker(former, path))
            {
                yield return "marker";
            }

            yield break;
        }

        RequireOne(former, path);
        DatabaseMarker.RequireFile(former);
        using var connection = Settle(former, busyTimeout);
        yield return "log";

        connection.Execute("BEGIN EXCLUSIVE");
        if (OperatingSystem.IsWindows())
        {
            connection.Dispose(); // there, a file that is open cannot be renamed, by this process or while another one has it
        }

        MoveMarker(former, path);
        yield return "marker";

        Rename(former, path);
        yield return "file";
    }

    private static bool IsLeft(DataFolder folder)
    {
        var former = Paths(folder.Path).Former;
        return File.Exists(former) || File.Exists(DatabaseMarker.PathOf(former));
    }

    private static (string Former, string Path) Paths(string folder) =>
        (System.IO.Path.Combine(folder, FileName), System.IO.Path.Combine(folder, ModelDatabase.FileName));

    private static void RequireOne(string former, string path)
    {
        if (Array.Find(Companions, name => File.Exists(path + name)) is { } companion)
        {
            throw new StoreException(
                $"{former}, the former name of {path}, and {path}{companion} are both there, so which one holds the models is not clear. "
                + "Keep the one that does, and move the other away with what belongs to it (-wal, -shm, -journal, .id).");
        }
    }

    // A rollback journal or a write-ahead log belongs to the file by its name: it must not be left behind.
    private static SqliteConnection Settle(string former, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = former,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA synchronous = FULL");
            connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master"); // takes back what a killed program left half done
            if (connection.ExecuteScalar<string>("PRAGMA journal_mode = DELETE") != "delete")
            {
                throw new SqliteException("its write-ahead log is in use", raw.SQLITE_BUSY);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool MoveMarker(string former, string path)
    {
        var (from, to) = (DatabaseMarker.PathOf(former), DatabaseMarker.PathOf(path));
        if (!File.Exists(from))
        {
            return false;
        }

        if (!File.Exists(former) && !File.Exists(path))
        {
            DatabaseMarker.RequireFile(former);
        }

        if (!File.Exists(to))
        {
            Rename(from, to);
        }
        else if (File.ReadAllText(from) == File.ReadAllText(to))
        {
            File.Delete(from);
        }
        else
        {
            throw new StoreException(
                $"{from} and {to} name two databases. Move the one away that does not belong to the database in this folder.");
        }

        return true;
    }

    // One rename. Without the permission to replace, .NET would make a second name first and take the first one away later; nothing stands
    // there to be replaced.
    private static void Rename(string from, string to) => File.Move(from, to, overwrite: true);
}
