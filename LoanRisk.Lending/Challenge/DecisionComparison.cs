using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Profile;

namespace LoanRisk.Lending.Challenge;

/// <summary>What a challenger answers to applications that were decided, beside what was answered then.</summary>
/// <param name="Loans">How many applications; at least 1.</param>
/// <param name="MeanGiven">Mean probability that was answered, 0 to 1.</param>
/// <param name="MeanChallenger">The challenger's.</param>
/// <param name="RankCorrelation">
/// Spearman's correlation of the two probabilities: 1 when both put the applicants in the same order. Null when either says the same of
/// all.
/// </param>
/// <param name="Outcomes">How many applications got which pair of outcomes; all nine pairs.</param>
/// <param name="Farthest">The applications on which the two lie farthest apart, the farthest first.</param>
public sealed record DecisionComparison(
    int Loans,
    double MeanGiven,
    double MeanChallenger,
    double? RankCorrelation,
    IReadOnlyList<OutcomePair> Outcomes,
    IReadOnlyList<PairedDecision> Farthest)
{
    private const int MostFarthest = 5;

    /// <summary>Share of the applications to which both give the same outcome, 0 to 1.</summary>
    public double AgreedShare => (double)Outcomes.Where(pair => pair.Given == pair.Challenger).Sum(pair => pair.Loans) / Loans;

    /// <summary>Compares answers.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static DecisionComparison Of(IReadOnlyList<PairedDecision> answers)
    {
        if (answers.Count == 0)
        {
            throw new ArgumentException("There is nothing to compare.", nameof(answers));
        }

        var (given, challenger) = (
            answers.Select(a => a.Given.Probability).ToArray(), answers.Select(a => a.Challenger.Probability).ToArray());
        var counts = answers.CountBy(a => (a.Given.Outcome, a.Challenger.Outcome)).ToDictionary();
        var outcomes = Enum.GetValues<Outcome>();
        return new DecisionComparison(
            answers.Count,
            given.Average(),
            challenger.Average(),
            CorrelationMatrix.OfRanks(given, challenger),
            [.. from a in outcomes from b in outcomes select new OutcomePair(a, b, counts.GetValueOrDefault((a, b)))],
            [.. answers.OrderByDescending(a => a.Distance).Take(MostFarthest).Where(a => a.Distance > 0)]);
    }

    /// <summary>How many applications got this pair of outcomes.</summary>
    public int Count(Outcome given, Outcome challenger) =>
        Outcomes.Single(pair => pair.Given == given && pair.Challenger == challenger).Loans;
}

/// <summary>How many applications got one outcome when they were decided and one from the challenger.</summary>
public sealed record OutcomePair(Outcome Given, Outcome Challenger, int Loans);
