using LoanRisk.Lending.Decisions;

namespace LoanRisk.Lending.Challenge;

/// <summary>One application, answered by two models.</summary>
/// <param name="DecisionId">The decision that was given.</param>
/// <param name="Given">What was answered when it was decided.</param>
/// <param name="Challenger">What the challenger answers.</param>
public sealed record PairedDecision(string DecisionId, BareDecision Given, BareDecision Challenger)
{
    /// <summary>How far the two probabilities lie apart, 0 to 1.</summary>
    public double Distance => Math.Abs(Challenger.Probability - Given.Probability);
}
