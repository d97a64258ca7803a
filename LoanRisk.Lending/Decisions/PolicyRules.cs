using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>Applies a product's policy.</summary>
internal static class PolicyRules
{
    /// <summary>The knock-out rules that hold for an application, in the policy's order.</summary>
    public static IReadOnlyList<KnockOut> KnockOutsThatHold(LoanProduct product, LoanApplication application) =>
        [.. product.Policy.KnockOuts.Where(rule => Holds(rule, product, application))];

    /// <summary>Declined by a rule, otherwise by the band the probability falls in; an approval where something is unseen may be a referral.</summary>
    public static Outcome Outcome(Policy policy, double probability, bool isKnockedOut, bool hasUnseen)
    {
        if (isKnockedOut || probability >= policy.DeclineFrom)
        {
            return Decisions.Outcome.Decline;
        }

        return probability < policy.ApproveBelow && !(hasUnseen && policy.ReferUnseen) ? Decisions.Outcome.Approve : Decisions.Outcome.Refer;
    }

    /// <summary>True when the probability alone would have approved what was referred: the values that are unseen made it so.</summary>
    public static bool IsReferredForUnseen(Policy policy, double probability, Outcome outcome) => outcome == Decisions.Outcome.Refer && probability < policy.ApproveBelow;

    private static bool Holds(KnockOut rule, LoanProduct product, LoanApplication application)
    {
        var place = product.Features.Index().First(f => f.Item.Name == rule.Feature).Index;
        var value = application.Row[place];
        return rule.Test switch
        {
            // Comparing with NaN is false: a missing value triggers nothing.
            KnockOutTest.Below => value < rule.Value,
            KnockOutTest.Above => value > rule.Value,
            _ => application.Values[place] is { } level && rule.Levels.Contains(level),
        };
    }
}
