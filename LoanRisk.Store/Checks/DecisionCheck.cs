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

    private const double Tolerance = 1e-9;

    public static IEnumerable<CheckLine> Run(SqliteConnection connection)
    {
        var faults = connection.Query<DecisionRow>("SELECT * FROM decisions ORDER BY seq", buffered: false)
            .Select(WhyBroken)
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

    private static CheckLine? WhyBroken(DecisionRow row)
    {
        try
        {
            var decision = row.ToStored().Decision;
            var sum = decision.BaseValue + decision.Contributions.Sum();
            return Math.Abs(sum - decision.RawScore) <= Tolerance * Math.Max(1, Math.Abs(sum))
                && decision.Row.Count == decision.Features.Count
                ? null
                : new CheckLine($"decision {row.Id}", CheckState.Damaged, "its contributions do not add up to its score");
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return new CheckLine($"decision {row.Id}", CheckState.Damaged, $"cannot be read: {e.Message}");
        }
    }
}
