using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>A product's policy, laid out to decide about feature rows; immutable and safe for all threads.</summary>
internal sealed class PolicyRules(LoanProduct product)
{
    private readonly bool _refersUnseen = product.Policy.ReferUnseen;

    /// <summary>The probability bands.</summary>
    public Thresholds Thresholds { get; } = Thresholds.Of(product.Policy);

    /// <summary>The rules that decline whatever the probability.</summary>
    public KnockOutTable KnockOuts { get; } = new(product);

    /// <summary>What is said of a decline to which no value contributes noticeably.</summary>
    public string NothingStandsOut { get; } = ReasonText.Overall(product.Policy);

    /// <summary>
    /// Declined by a rule, otherwise by the band the probability falls in; an approval where something is unseen may be a referral.
    /// </summary>
    public Outcome OutcomeOf(double probability, bool isKnockedOut, bool hasUnseen)
    {
        var outcome = isKnockedOut ? Outcome.Decline : Thresholds.OutcomeOf(probability);
        return outcome == Outcome.Approve && hasUnseen && _refersUnseen ? Outcome.Refer : outcome;
    }

    /// <summary>True when the probability alone would have approved what was referred: the values that are unseen made it so.</summary>
    public bool IsReferredForUnseen(double probability, Outcome outcome) =>
        outcome == Outcome.Refer && probability < Thresholds.ApproveBelow;
}
