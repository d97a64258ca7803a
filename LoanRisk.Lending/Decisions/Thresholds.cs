using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>The probability bands in force.</summary>
/// <param name="ApproveBelow">Approve when the probability is below this.</param>
/// <param name="DeclineFrom">Decline from this probability on; between the two an officer decides.</param>
public sealed record Thresholds(double ApproveBelow, double DeclineFrom)
{
    /// <summary>The bands of a policy.</summary>
    public static Thresholds Of(Policy policy) => new(policy.ApproveBelow, policy.DeclineFrom);

    /// <summary>The outcome whose band a probability falls in; rules that decide whatever the probability are left aside.</summary>
    public Outcome OutcomeOf(double probability) =>
        probability >= DeclineFrom ? Outcome.Decline
        : probability < ApproveBelow ? Outcome.Approve
        : Outcome.Refer;
}
