using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>
/// A SQLite file that site and console write to while the other runs. It keeps a rollback journal: connections are short, and the last one
/// to close would empty a write-ahead log each time.
/// </summary>
internal sealed class SqliteSharedDatabase : SharedDatabase
{
    private const string Remedy = "Put the file back; or stop the program, put the database in its place that shall be used, "
        + "and start it again.";

    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private readonly string _connection;

    private readonly string _identity;

    static SqliteSharedDatabase()
    {
        Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    private SqliteSharedDatabase(string path, string connection, string identity) =>
        (Path, _connection, _identity) = (path, connection, identity);

    public override Dialect Dialect => Dialect.Sqlite;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What a connection to it is opened with, for what does not go through <see cref="Read"/>.</summary>
    public string ConnectionText => _connection;

    /// <summary>Creates the database in the folder where it is missing and brings its schema up to date.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="part">Which part of the data it is.</param>
    /// <param name="busyTimeout">How long a statement waits for another process, in whole seconds; null is thirty.</param>
    /// <exception cref="StoreException">It cannot be opened, or a newer program wrote it.</exception>
    public static SqliteSharedDatabase Open(DataFolder folder, DatabasePart part, TimeSpan? busyTimeout)
    {
        UnfinishedRestore.RequireNone(folder.Path);
        FormerDatabaseName.MoveAlone(folder);
        var path = System.IO.Path.Combine(folder.Path, part.FileName);
        DatabaseMarker.RequireFile(path);
        PrivateFiles.CreateEmpty(path); // SQLite gives the journal the permissions of the file
        var connection = ConnectionString(path, busyTimeout ?? DefaultBusyTimeout);
        return new SqliteSharedDatabase(path, connection, Run(connection, path, c => Prepare(c, path, part.Sqlite)));
    }

    public override string? Trouble()
    {
        try
        {
            Run(ConnectionString(Path, ProbeTimeout), Path, RequireSame);
            return null;
        }
        catch (StoreException e)
        {
            return e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY } ? null : e.Message;
        }
    }

    public override T Read<T>(Func<DbConnection, T> query) => Run(_connection, Path, connection =>
    {
        RequireSame(connection);
        return query(connection);
    });

    private bool RequireSame(SqliteConnection connection) => DatabaseMarker.IdOf(connection) == _identity
        ? true
        : throw new StoreException($"{Path} was emptied or replaced while the program runs. {Remedy}");

    private static string ConnectionString(string path, TimeSpan busyTimeout) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite, // one that is removed while the program runs is not made anew
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
    }.ToString();

    private static T Run<T>(string connectionString, string path, Func<SqliteConnection, T> query)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            connection.Execute("PRAGMA synchronous = FULL");
            return query(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CANTOPEN && !File.Exists(path))
        {
            throw new StoreException($"{path} was removed or replaced while the program runs. {Remedy}", e);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e, path);
        }
    }

    private static string Prepare(SqliteConnection connection, string path, Migrations migrations)
    {
        QuickCheck.Require(connection, path);
        migrations.Apply(connection, path);
        return DatabaseMarker.Match(connection, path);
    }
}
