using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Database;

/// <summary>
/// Whether the file that a connection has open still stands under its name. What is written to a file that was removed, renamed or replaced
/// is lost when the program ends. SQLite compares the file's identity itself; .NET has no name for one.
/// </summary>
internal static partial class OpenedFile
{
    private const int HasMovedRequest = 20; // SQLITE_FCNTL_HAS_MOVED

    /// <summary>
    /// True when another file, or none, has the name now. Always false on Windows, where an open database cannot be moved.
    /// </summary>
    public static bool HasMoved(SqliteConnection connection) =>
        connection.Handle is { IsClosed: false } handle
            && FileControl(handle.DangerousGetHandle(), "main", HasMovedRequest, out var moved) == SQLitePCL.raw.SQLITE_OK
            && moved != 0;

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(IntPtr connection, string database, int request, out int answer);
}
