using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LoanRisk.Store.Database;

/// <summary>Statements that all hold or none, with the only right to write from the start.</summary>
internal static class WriteTransaction
{
    /// <exception cref="SqliteException">They do not hold; the error is the one that was met first.</exception>
    public static T Run<T>(SqliteConnection connection, Func<SqliteTransaction, T> statements)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            var result = statements(transaction);
            transaction.Commit();
            return result;
        }
        catch when (raw.sqlite3_get_autocommit(connection.Handle) != 0)
        {
            // SQLite has rolled back by itself, as it does when the disk is full. Disposing would fail at rolling back what is not there
            // and hide the cause.
            raw.sqlite3_exec(connection.Handle, "BEGIN");
            throw;
        }
    }
}
