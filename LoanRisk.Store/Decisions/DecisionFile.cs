using System.Data.Common;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>Reads the database of decisions, also while the site has it open.</summary>
internal static class DecisionFile
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs queries on one connection; nothing was decided in a folder without the database.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static T Read<T>(DataFolder folder, Func<DbConnection, T> read, T none)
    {
        if (folder.Server is { } server)
        {
            server.Migrate(Migrations.PostgresDecisions);
            return server.Run(read);
        }

        var path = Path.Combine(folder.Path, DatabaseFile.FileName);
        return File.Exists(path) ? Read(folder, path, read) : none;
    }

    private static T Read<T>(DataFolder folder, string path, Func<DbConnection, T> read)
    {
        try
        {
            BringUpToDate(folder, path);
            using var connection = DatabaseFile.OpenReading(path);
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e, path);
        }
    }

    // It is of an earlier version, and no site has opened it since.
    private static void BringUpToDate(DataFolder folder, string path)
    {
        using (var connection = DatabaseFile.OpenReading(path))
        {
            if (!DecisionUpgrade.IsNeeded(connection))
            {
                return;
            }
        }

        SqliteDecisions.Open(folder, BusyTimeout).Dispose();
    }
}
