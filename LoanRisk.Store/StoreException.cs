using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store;

/// <summary>The database cannot be opened, read or written to; the message says why and what to do, for the person who runs the program.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Explains an error of the place the database stands in. An error of a statement itself is a defect of this program and comes back as it is.
    /// </summary>
    internal static Exception From(Exception error, string database) =>
        error is SqliteException sqlite && Cause(sqlite.SqliteErrorCode) is { } cause
            ? new StoreException($"{database}: {cause} ({sqlite.Message})", error)
            : error;

    private static string? Cause(int code) => code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds the database locked; close it.",
        raw.SQLITE_FULL => "the disk is full; free some space.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "the database may not be written to; check the permissions of file and folder.",
        raw.SQLITE_CANTOPEN => "the database cannot be opened; check that file and folder are there and may be used.",
        raw.SQLITE_IOERR => "the disk reports an error.",
        raw.SQLITE_NOTADB => "the file is not a database; move it away or name another folder.",
        raw.SQLITE_CORRUPT => "the database is damaged; restore it from a copy.",
        raw.SQLITE_NOMEM => "memory is short.",
        _ => null,
    };
}
