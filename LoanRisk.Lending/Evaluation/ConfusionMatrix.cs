namespace LoanRisk.Lending.Evaluation;

/// <summary>What refusing every loan whose probability is at or above a threshold would have done.</summary>
/// <param name="Threshold">Refused from this probability on.</param>
/// <param name="BadRefused">Bad loans kept out: true positives.</param>
/// <param name="GoodRefused">Good loans turned away: false positives.</param>
/// <param name="BadApproved">Bad loans let in: false negatives.</param>
/// <param name="GoodApproved">Good loans let in: true negatives.</param>
public sealed record ConfusionMatrix(double Threshold, long BadRefused, long GoodRefused, long BadApproved, long GoodApproved)
{
    /// <summary>Counts the four outcomes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a number.</exception>
    public static ConfusionMatrix Of(ScoredLoans loans, double threshold) => Of(loans.Scores, loans.Counts, threshold);

    internal static ConfusionMatrix Of(double[] scores, OutcomeCounts counts, double threshold)
    {
        if (double.IsNaN(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold must be a number.");
        }

        var (bad, good) = (0L, 0L);
        for (var g = counts.GroupCount - 1; g >= 0 && scores[g] >= threshold; g--)
        {
            bad += counts.Bad(g);
            good += counts.Good(g);
        }

        return new ConfusionMatrix(threshold, bad, good, counts.BadTotal - bad, counts.GoodTotal - good);
    }
}
