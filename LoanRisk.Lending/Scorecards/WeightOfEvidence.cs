namespace LoanRisk.Lending.Scorecards;

/// <summary>
/// Weight of evidence: ln of a group's share of all good loans over its share of all bad ones. 0 is average, above is safer, below
/// riskier; the log-odds of a group are those of all loans minus it (I. J. Good; N. Siddiqi, "Credit Risk Scorecards").
/// </summary>
public static class WeightOfEvidence
{
    /// <summary>The weight of a group.</summary>
    /// <param name="good">Good loans of the group.</param>
    /// <param name="bad">Bad loans of the group.</param>
    /// <param name="goodTotal">All good loans; above 0.</param>
    /// <param name="badTotal">All bad loans; above 0.</param>
    /// <param name="priorBad">
    /// So many average bad loans, with the good ones that go with them, are added to the group, so that a few loans do not speak loudly.
    /// Without them a group that lacks one outcome gets half a loan of each.
    /// </param>
    public static double Of(double good, double bad, double goodTotal, double badTotal, double priorBad = 0)
    {
        (good, bad) = (good + (priorBad * goodTotal / badTotal), bad + priorBad);
        (good, bad) = good > 0 && bad > 0 ? (good, bad) : (good + 0.5, bad + 0.5);
        return Math.Log(good / goodTotal / (bad / badTotal));
    }

    /// <summary>
    /// A group's part of the information value: how far its shares of good and bad differ, weighed by its weight of evidence.
    /// </summary>
    public static double Information(double good, double bad, double goodTotal, double badTotal, double weight) =>
        ((good / goodTotal) - (bad / badTotal)) * weight;
}
