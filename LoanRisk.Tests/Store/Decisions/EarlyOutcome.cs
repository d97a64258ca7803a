using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>An outcome that was observed before its decision, as versions stored it that did not compare the two.</summary>
internal static class EarlyOutcome
{
    /// <summary>Stores it as the newest report about a decision.</summary>
    public static async Task StoreAsync(string database, string decisionId, string observedOn)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) VALUES (@decisionId, 1, "
            + "@observedOn, '2026-11-22T00:00:00.0000000Z', 'an older version')";
        command.Parameters.AddWithValue("@observedOn", observedOn);
        command.Parameters.AddWithValue("@decisionId", decisionId);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
