using Microsoft.Data.Sqlite;
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

    /// <summary>
    /// Explains an error of the place the database stands in. An error of a statement itself is a defect of this program and comes back as
    /// it is.
    /// </summary>
    internal static Exception From(Exception error, string database) => error switch
    {
        SqliteException sqlite when Cause(sqlite) is { } cause => new StoreException($"{database}: {cause} ({sqlite.Message})", error),
        IOException or UnauthorizedAccessException => OfFile(error, database),
        _ => error,
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
