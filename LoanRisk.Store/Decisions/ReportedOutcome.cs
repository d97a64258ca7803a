namespace LoanRisk.Store.Decisions;

/// <summary>What became of a loan that was decided about.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Bad">True when it turned bad, as the product's target means it.</param>
/// <param name="ObservedOn">The day it was observed.</param>
/// <param name="ReceivedAt">When it was reported.</param>
/// <param name="Source">Who or what reported it.</param>
public sealed record ReportedOutcome(string DecisionId, bool Bad, DateOnly ObservedOn, DateTimeOffset ReceivedAt, string Source);

/// <summary>An outcome was reported for a decision that is not there.</summary>
public sealed class UnknownDecisionException(string decisionId) : Exception($"There is no decision {decisionId}.")
{
    /// <summary>The id that was named.</summary>
    public string DecisionId { get; } = decisionId;
}
