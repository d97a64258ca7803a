using System.Data.Common;
using Dapper;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>An outcome that was observed before its decision, as versions stored it that did not compare the two.</summary>
internal static class EarlyOutcome
{
    /// <summary>Stores it as the newest report about a decision, and closes the connection.</summary>
    public static async Task StoreAsync(DbConnection decisions, string decisionId, string observedOn)
    {
        await using (decisions)
        {
            var stored = await decisions.ExecuteAsync(
                "INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) VALUES (@decisionId, @bad, "
                    + "@observedOn, '2026-11-22T00:00:00.0000000Z', 'an older version')",
                new { decisionId, bad = true, observedOn });
            Assert.Equal(1, stored);
        }
    }
}
