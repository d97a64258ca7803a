namespace LoanRisk.Store.Decisions;

/// <summary>What became of a loan that was decided about.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Bad">True when it turned bad, as the product's target means it.</param>
/// <param name="ObservedOn">The day it was observed.</param>
/// <param name="ReceivedAt">When it was reported.</param>
/// <param name="Source">Who or what reported it.</param>
public sealed record ReportedOutcome(string DecisionId, bool Bad, DateOnly ObservedOn, DateTimeOffset ReceivedAt, string Source)
{
    // Furthest west it is still the day before.
    internal const int HoursBehind = 12;

    /// <summary>The first day on which something can have become of a loan: the day of its decision, where that day begins last.</summary>
    public static DateOnly EarliestDay(DateTimeOffset decidedAt) => DateOnly.FromDateTime(decidedAt.UtcDateTime.AddHours(-HoursBehind));
}

/// <summary>An outcome was reported for a decision that is not there.</summary>
public sealed class UnknownDecisionException(string decisionId) : Exception($"There is no decision {decisionId}.")
{
    /// <summary>The id that was named.</summary>
    public string DecisionId { get; } = decisionId;
}

/// <summary>An outcome was observed before its loan was decided about.</summary>
public sealed class EarlyOutcomeException(ReportedOutcome outcome, DateOnly earliest)
    : Exception(
        $"The outcome of decision {outcome.DecisionId} was observed on {outcome.ObservedOn:yyyy-MM-dd}, before the decision; "
            + $"the earliest day is {earliest:yyyy-MM-dd}.")
{
    /// <summary>The earliest day it can have been observed on.</summary>
    public DateOnly Earliest { get; } = earliest;
}
