using System.Data.Common;
using Dapper;

namespace LoanRisk.Store.Decisions;

/// <summary>Reads stored decisions for the console, also while the site has the database open.</summary>
public static class StoredDecisions
{
    /// <summary>The decisions whose id starts so, the newest first.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="idStart">The id or its start.</param>
    /// <param name="limit">Decisions at most.</param>
    /// <exception cref="StoreException">The database, or one of them, cannot be read.</exception>
    public static IReadOnlyList<StoredDecision> StartingWith(DataFolder folder, string idStart, int limit) =>
        folder.Server is not null && !PostgresServer.CanHold(idStart)
            ? []
            : DecisionFile.Read<IReadOnlyList<StoredDecision>>(folder, connection => Read(connection, idStart, limit), []);

    private static StoredDecision[] Read(DbConnection connection, string idStart, int limit)
    {
        var reading = new DecisionReading();
        var rows = connection.Query<DecisionColumns>(
            $"SELECT {DecisionColumns.All} FROM decisions d WHERE id >= @idStart AND id < @idEnd ORDER BY seq DESC LIMIT @limit",
            new { idStart, idEnd = idStart + char.MaxValue, limit });
        return [.. rows.AsList().Select(row => reading.Line(connection, row).ToStored())];
    }
}
