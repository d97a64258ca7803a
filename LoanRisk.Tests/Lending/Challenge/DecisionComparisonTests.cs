using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Tests.Lending.Challenge;

public sealed class DecisionComparisonTests
{
    [Fact]
    public void Answers_are_counted_by_outcome_and_measured_by_how_far_they_lie_apart()
    {
        var comparison = DecisionComparison.Of(
        [
            Pair("a", (0.1, Outcome.Approve), (0.2, Outcome.Approve)),
            Pair("b", (0.3, Outcome.Refer), (0.8, Outcome.Decline)),
            Pair("c", (0.5, Outcome.Refer), (0.5, Outcome.Refer)),
            Pair("d", (0.9, Outcome.Decline), (0.7, Outcome.Refer)),
        ]);

        Assert.Equal(9, comparison.Outcomes.Count);
        Assert.Equal(4, comparison.Outcomes.Sum(pair => pair.Loans));
        Assert.Equal(
            (1, 1, 1, 1, 0),
            (
                comparison.Count(Outcome.Approve, Outcome.Approve),
                comparison.Count(Outcome.Refer, Outcome.Decline),
                comparison.Count(Outcome.Refer, Outcome.Refer),
                comparison.Count(Outcome.Decline, Outcome.Refer),
                comparison.Count(Outcome.Approve, Outcome.Decline)));
        Assert.Equal(0.5, comparison.AgreedShare);
        Assert.Equal((0.45, 0.55), (comparison.MeanGiven, Math.Round(comparison.MeanChallenger, 12)));
        Assert.Equal(0.4, comparison.RankCorrelation!.Value, 12); // ranks 1 2 3 4 and 1 4 2 3: 1 - 6 * 6 / (4 * 15)
        Assert.Equal(["b", "d", "a"], comparison.Farthest.Select(pair => pair.DecisionId));
    }

    [Fact]
    public void One_answer_has_no_order_and_none_cannot_be_compared()
    {
        Assert.Null(DecisionComparison.Of([Pair("a", (0.1, Outcome.Approve), (0.2, Outcome.Approve))]).RankCorrelation);
        Assert.Throws<ArgumentException>(() => DecisionComparison.Of([]));
    }

    private static PairedDecision Pair(
        string id, (double Probability, Outcome Outcome) given, (double Probability, Outcome Outcome) challenger) =>
        new(id, new BareDecision(given.Probability, given.Outcome), new BareDecision(challenger.Probability, challenger.Outcome));
}
