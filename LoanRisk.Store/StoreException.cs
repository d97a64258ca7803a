using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace LoanRisk.Store;

/// <summary>
/// The database, or a file beside it, cannot be opened, read or written to; the message says why and what to do, for the person who runs
/// the program.
/// </summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int SqliteFailedSync = 1034; // SQLITE_IOERR_FSYNC

    /// <summary>
    /// True when nobody can say whether what was to be stored will be found after a restart: the disk failed in the middle of the commit
    /// and goes on failing. Otherwise nothing of it is stored, and nothing of it will be.
    /// </summary>
    public bool MayBeStored { get; init; }

    /// <summary>True when the database was found damaged, so that a check of the whole folder would tell more.</summary>
    public bool IsDamage { get; init; }

    /// <summary>The file system's word on a file that the program keeps.</summary>
    public static StoreException OfFile(Exception error, string path) => new(
        error is UnauthorizedAccessException
            ? $"{path} may not be written to; check the permissions of file and folder. ({error.Message})"
            : $"{path} cannot be written: the disk is full or reports an error. ({error.Message})",
        error);

    /// <summary>The same for what Entity Framework met, whose errors hold the database's own; null for a defect.</summary>
    public static StoreException? Of(Exception error) => error is StoreException told ? told
        : error is DbException && From(error, "The database of people") is StoreException found ? found
        : error is DbUpdateException or InvalidOperationException ? error.InnerException is { } inner ? Of(inner) : null
        : null;

    /// <summary>
    /// Explains an error of the place the database stands in. An error of a statement itself is a defect of this program and comes back as
    /// it is.
    /// </summary>
    internal static Exception From(Exception error, string database) => error switch
    {
        SqliteException sqlite when Cause(sqlite) is { } cause => new StoreException($"{database}: {cause} ({sqlite.Message})", error),
        PostgresException postgres when Cause(postgres) is { } cause => new StoreException(
            $"{database}: {cause} ({postgres.MessageText})", error),
        PostgresException => error,
        NpgsqlException or TimeoutException => new StoreException(
            $"{database}: the database does not answer, or the connection to it was lost. ({Innermost(error).Message})", error),
        IOException or UnauthorizedAccessException => OfFile(error, database),
        _ => error,
    };

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    // By the classes of PostgreSQL's error codes (its manual, appendix A).
    private static string? Cause(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull => "the disk of the database is full; free some space.",
        PostgresErrorCodes.TooManyConnections => "the database takes no more connections; raise max_connections, or lower pool_size.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "the database may only be read; it may be a replica.",
        PostgresErrorCodes.InsufficientPrivilege => "the user of the database lacks a right.",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => "the database took too long.",
        { } code when code.StartsWith("08", StringComparison.Ordinal) => "the connection to the database was lost.",
        { } code when code.StartsWith("28", StringComparison.Ordinal) => "the database refuses user or password.",
        { } code when code.StartsWith("3D", StringComparison.Ordinal) => "there is no such database; create it.",
        { } code when code.StartsWith("53", StringComparison.Ordinal) => "the database is short of resources.",
        { } code when code.StartsWith("57", StringComparison.Ordinal) => "the database is starting or stopping.",
        { } code when code.StartsWith("58", StringComparison.Ordinal) => "the disk of the database reports an error.",
        { } code when code.StartsWith("XX", StringComparison.Ordinal) => "the database reports damage.",
        _ => null,
    };

    private static string? Cause(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds the database locked; close it.",
        raw.SQLITE_FULL => "the disk is full; free some space.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "the database may not be written to; "
            + "check the permissions of file and folder.",
        raw.SQLITE_CANTOPEN => "the database cannot be opened; check that file and folder are there and may be used.",
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode == SqliteFailedSync => "the disk does not confirm that it has written "
            + "(fsync failed).",
        raw.SQLITE_IOERR => $"the disk reports an error (SQLite's code {error.SqliteExtendedErrorCode}).",
        raw.SQLITE_NOTADB => "the file is not a database; move it away or name another folder.",
        raw.SQLITE_CORRUPT => "the database is damaged; restore it from a copy.",
        raw.SQLITE_NOMEM => "memory is short.",
        _ => null,
    };
}
