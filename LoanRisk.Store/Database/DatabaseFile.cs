using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>
/// The SQLite file of a data folder. One connection writes and checkpoints, as a flaw of the SQLite inside (3.35.5, mended in 3.51.3) can
/// damage a WAL that two connections write and reset; a lock file keeps a second process out. Any number of connections read.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    public const string FileName = "loanrisk.db";

    private readonly FileStream _lock;
    private readonly string _reading;

    static DatabaseFile()
    {
        Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    private DatabaseFile(string path, FileStream fileLock, SqliteConnection writing, string reading) =>
        (Path, _lock, Writing, _reading) = (path, fileLock, writing, reading);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The one connection that writes; for one thread at a time.</summary>
    public SqliteConnection Writing { get; }

    /// <summary>Locks the database of the folder, creates it where it is missing and brings its schema up to date.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="busyTimeout">How long a statement waits for a lock that another program holds; in whole seconds.</param>
    /// <exception cref="StoreException">It cannot be opened, is in use, or is of a newer program.</exception>
    public static DatabaseFile Open(DataFolder folder, TimeSpan busyTimeout)
    {
        var path = System.IO.Path.Combine(folder.Path, FileName);
        var fileLock = Lock(path + ".lock");
        try
        {
            var writing = OpenWriting(path, busyTimeout);
            return new DatabaseFile(path, fileLock, writing, ConnectionString(path, SqliteOpenMode.ReadOnly, pooling: true, busyTimeout));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>A connection that can only read, out of a pool.</summary>
    public SqliteConnection OpenReading()
    {
        var connection = new SqliteConnection(_reading);
        connection.Open();
        return connection;
    }

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

        Writing.Dispose();
        _lock.Dispose();
    }

    private static SqliteConnection OpenWriting(string path, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate, pooling: false, busyTimeout));
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;");
            Migrations.Decisions.Apply(connection, path);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw StoreException.From(e, path);
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

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data folder is in use by another LoanRisk, or {path} cannot be written to. Stop the other one or name another folder with {DataFolder.Variable}.", e);
        }
    }
}
