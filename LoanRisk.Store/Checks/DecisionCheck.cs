using System.Data.Common;
using Dapper;
using LoanRisk.Lending;
using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Checks;

/// <summary>
/// Every decision can be read, and its contributions still add up to its raw score: a flipped bit that SQLite takes for content shows
/// there.
/// </summary>
internal static class DecisionCheck
{
    private const int MostNamed = 5;

    private const int BlockRows = 2000;

    private const double Tolerance = 1e-9;

    /// <summary>Says so where the decisions are in the form of an earlier version, or on their way out of it; else null.</summary>
    public static CheckLine? WhyNot(SqliteConnection connection) => DecisionUpgrade.IsNeeded(connection)
        ? new CheckLine("contents", CheckState.Note, "in the form of an earlier version; start the site, which brings them up to date")
        : null;

    public static IEnumerable<CheckLine> Run(DbConnection connection)
    {
        var reading = new DecisionReading();
        var faults = Rows(connection)
            .Select(row => WhyBroken(connection, reading, row))
            .OfType<CheckLine>()
            .ToList();
        return faults.Count == 0
            ? [new CheckLine("contents", CheckState.Fine, "every decision can be read, and its contributions add up")]
            :
            [
                .. faults.Take(MostNamed),
                new CheckLine(
                    "contents",
                    CheckState.Damaged,
                    $"{CountedNoun.Of(faults.Count, "decision was", "decisions were")} changed from outside"),
            ];
    }

    // A context may be read between two rows, so these come in blocks.
    private static IEnumerable<DecisionColumns> Rows(DbConnection connection)
    {
        for (var rows = Next(connection, 0); rows.Count > 0; rows = Next(connection, rows[^1].Seq))
        {
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    private static List<DecisionColumns> Next(DbConnection connection, long after) => connection.Query<DecisionColumns>(
        "SELECT * FROM decisions WHERE seq > @after ORDER BY seq LIMIT @BlockRows", new { after, BlockRows }).AsList();

    private static CheckLine? WhyBroken(DbConnection connection, DecisionReading reading, DecisionColumns row)
    {
        try
        {
            var decision = reading.Line(connection, row).ToStored().Decision;
            var sum = decision.BaseValue + decision.Contributions.Sum();
            return Math.Abs(sum - decision.RawScore) <= Tolerance * Math.Max(1, Math.Abs(sum))
                && decision.Row.Count == decision.Features.Count
                ? null
                : new CheckLine($"decision {row.Id}", CheckState.Damaged, "its contributions do not add up to its score");
        }
        catch (StoreException e)
        {
            return new CheckLine($"decision {row.Id}", CheckState.Damaged, $"cannot be read: {e.InnerException?.Message ?? e.Message}");
        }
    }
}
