using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>
/// The SQLite file of a data folder. One connection writes, so that waiting decisions share one commit and what a failed one left is
/// settled by the only one who knows of it; a lock file keeps a second process out (docs/decisions/0002). Any number of connections read.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    public const string FileName = "loanrisk.db";

    private readonly FolderLock _lock;
    private readonly string _writing;
    private readonly string _reading;

    // Open as long as the store is: it knows which file was opened, and keeps the log of a failed commit from being taken for that of a
    // killed program.
    private readonly SqliteConnection _anchor;

    // Only the writing connection changes the file, when it moves the log into it.
    private (long Length, DateTime WrittenAt) _own;

    static DatabaseFile()
    {
        Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    private DatabaseFile(string path, FolderLock fileLock, SqliteConnection anchor, TimeSpan busyTimeout)
    {
        (Path, _lock, _anchor) = (path, fileLock, anchor);
        _writing = ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: false, busyTimeout);
        _reading = ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true, busyTimeout);
        NoteOwnChange();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True while the write-ahead log stands beside the file.</summary>
    public bool LogIsInPlace => File.Exists(Path + "-wal");

    /// <summary>Locks the database of the folder, creates it where it is missing and brings its schema up to date.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="busyTimeout">How long a statement waits for a lock that another program holds; in whole seconds.</param>
    /// <param name="upgrade">
    /// Brings schema and rows up to date, on a connection that does not hold references to account; also what an earlier start
    /// left undone.
    /// </param>
    /// <exception cref="StoreException">It cannot be opened, is in use, or is of a newer program.</exception>
    public static DatabaseFile Open(DataFolder folder, TimeSpan busyTimeout, Action<SqliteConnection, string> upgrade)
    {
        var path = System.IO.Path.Combine(folder.Path, FileName);
        var fileLock = FolderLock.Take(folder);
        try
        {
            UnfinishedRestore.RequireNone(folder.Path);
            FormerDatabaseName.Move(folder);
            return new DatabaseFile(path, fileLock, Prepare(path, busyTimeout, upgrade), busyTimeout);
        }
        catch (Exception e)
        {
            fileLock.Dispose();
            throw StoreException.From(e, path);
        }
    }

    /// <summary>The one connection that writes, for one thread at a time; whoever asks for another one has closed it.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection OpenWriting()
    {
        var connection = new SqliteConnection(_writing);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, connection.DefaultTimeout * 1000); // for statements that are prepared by hand
            connection.Execute("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What is written to a file that has lost its name is lost with the process.</summary>
    /// <exception cref="StoreException">The file, or its write-ahead log, was removed or replaced.</exception>
    public void RequireInPlace()
    {
        if (OpenedFile.HasMoved(_anchor))
        {
            throw new StoreException(
                $"{Path} was removed or replaced while the site runs, so nothing more is stored. "
                    + "Put the file back, or stop the site, put the database in its place that shall be used, and start it again.");
        }

        if (!LogIsInPlace)
        {
            throw new StoreException(
                $"{Path}-wal was removed while the site runs, so nothing more is stored. "
                    + "Stop the site, check the database, and start it again.");
        }
    }

    /// <summary>
    /// Takes the file as it is now for this program's work; for the thread that writes, after each commit, whether it worked or not.
    /// </summary>
    public void NoteOwnChange() => _own = Stamp();

    /// <summary>
    /// The log belongs to the file as this program left it: on another content it makes damage. For the thread that writes, between
    /// commits.
    /// </summary>
    /// <exception cref="StoreException">Another program has written to the file, emptied it or copied over it.</exception>
    public void RequireUntouched()
    {
        RequireInPlace();
        _lock.Require();
        if (Stamp() != _own)
        {
            throw new StoreException(
                $"{Path} was written to by another program while the site runs, so nothing more is stored. "
                    + $"Stop the site and keep a copy of {Path}-wal, which holds the newest decisions; "
                + "then put a whole copy of the database in place without that log, and start the site again.");
        }
    }

    /// <summary>A connection that can only read, out of a pool.</summary>
    /// <exception cref="StoreException">The file was emptied.</exception>
    public SqliteConnection OpenReading()
    {
        if (new FileInfo(Path) is { Exists: true, Length: 0 })
        {
            throw Emptied(null); // SQLite takes the log of an empty file for a left one and deletes it, even where it only reads
        }

        var connection = new SqliteConnection(_reading);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Explains why it cannot be read: the tables were there at the start, so a query misses one only where the content is gone.
    /// </summary>
    public Exception Explain(SqliteException error) =>
        error.SqliteErrorCode == raw.SQLITE_ERROR && error.Message.Contains("no such table", StringComparison.Ordinal)
        ? Emptied(error)
        : StoreException.From(error, Path);

    /// <summary>A connection of another process, for the database of a site that may be running; it can only read.</summary>
    public static SqliteConnection OpenReading(string path)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: false, TimeSpan.FromSeconds(5)));
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        using (var reading = new SqliteConnection(_reading))
        {
            SqliteConnection.ClearPool(reading);
        }

        CloseLast();
        _lock.Dispose();
    }

    /// <summary>The last connection to be closed moves the log into the file and takes it away, which one that only reads cannot.</summary>
    private void CloseLast()
    {
        try
        {
            RequireUntouched();
            using var last = OpenWriting();
            _anchor.Dispose();
        }
        catch (Exception e) when (e is SqliteException or StoreException)
        {
            _anchor.Dispose(); // the log stays, and the next start reads it
        }
    }

    private StoreException Emptied(Exception? cause) =>
        new(
            $"{Path} was emptied or replaced by another program while the site runs. "
                + "Stop the site, put the database back, and start it again.",
            cause);

    private (long Length, DateTime WrittenAt) Stamp() =>
        new FileInfo(Path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;

    /// <summary>Creates and migrates; the connection that comes back only reads.</summary>
    private static SqliteConnection Prepare(string path, TimeSpan busyTimeout, Action<SqliteConnection, string> upgrade)
    {
        DatabaseMarker.RequireFile(path);

        // Before this one's marker is written, which would hide that the folder has none.
        DatabaseMarker.RequireFile(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, ModelDatabase.FileName));
        PrivateFiles.CreateEmpty(path); // SQLite gives the log and its index the permissions of the file
        using var writing = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooling: false, busyTimeout));
        writing.Open();
        writing.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;");
        EmptyLog(writing);
        QuickCheck.Require(writing, path);
        upgrade(writing, path);
        DatabaseMarker.Match(writing, path);
        var anchor = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: false, busyTimeout));
        try
        {
            anchor.Open();
            anchor.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master"); // joins the log
            return anchor;
        }
        catch
        {
            anchor.Dispose();
            throw;
        }
    }

    // What a killed program left in the log becomes durable in the file, whose length then tells whether it is whole.
    private static void EmptyLog(SqliteConnection writing)
    {
        try
        {
            writing.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_FULL)
        {
            // It stays in the log until there is room; a full disk need not keep anybody from reading.
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooling, TimeSpan busyTimeout) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooling,
            DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
        }.ToString();
}
