using System.Data.Common;
using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Decisions;

/// <summary>Writes reported outcomes within a transaction.</summary>
internal static class OutcomeInsert
{
    /// <exception cref="UnknownDecisionException">A decision is not there.</exception>
    /// <exception cref="EarlyOutcomeException">An outcome was observed before its decision.</exception>
    public static void Execute(DbConnection connection, IReadOnlyList<ReportedOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Check(connection, outcome);
            connection.Execute(
                "INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) VALUES (@DecisionId, @Bad, @observed, "
                    + "@received, @Source)",
                Columns(outcome));
        }
    }

    /// <summary>The columns of a report, by the names of the statement's parameters.</summary>
    public static object Columns(ReportedOutcome outcome) => new
    {
        outcome.DecisionId,
        outcome.Bad,
        observed = outcome.ObservedOn.ToString("O"),
        received = SqlText.Of(outcome.ReceivedAt),
        Source = SqlText.Held(outcome.Source),
    };

    /// <exception cref="UnknownDecisionException">The decision is not there.</exception>
    /// <exception cref="EarlyOutcomeException">The outcome was observed before it.</exception>
    public static void Check(DbConnection connection, ReportedOutcome outcome)
    {
        var decidedAt = connection.QuerySingleOrDefault<long?>(
            "SELECT decided_at FROM decisions WHERE id = @DecisionId", new { outcome.DecisionId })
            ?? throw new UnknownDecisionException(outcome.DecisionId);
        var earliest = ReportedOutcome.EarliestDay(DecisionLine.MomentOf(decidedAt));
        if (outcome.ObservedOn < earliest)
        {
            throw new EarlyOutcomeException(outcome, earliest);
        }
    }
}

/// <summary>A line of the table <c>outcomes</c>.</summary>
internal sealed class OutcomeRow
{
    public string DecisionId { get; set; } = "";

    public bool Bad { get; set; }

    public string ObservedOn { get; set; } = "";

    public string ReceivedAt { get; set; } = "";

    public string Source { get; set; } = "";

    public static ReportedOutcome? Newest(DbConnection connection, string decisionId) => connection.QuerySingleOrDefault<OutcomeRow>(
        "SELECT * FROM outcomes WHERE decision_id = @decisionId ORDER BY seq DESC LIMIT 1", new { decisionId })?.ToOutcome();

    private ReportedOutcome ToOutcome() => new(DecisionId, Bad, DateOnly.Parse(ObservedOn), SqlText.Moment(ReceivedAt), Source);
}
