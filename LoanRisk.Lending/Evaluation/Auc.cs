namespace LoanRisk.Lending.Evaluation;

/// <summary>Area under the ROC curve: the chance that a bad loan scores above a good one, a tie counting half (Mann-Whitney).</summary>
public static class Auc
{
    /// <summary>0.5 for no order, 1 for a perfect one.</summary>
    public static double Of(OutcomeCounts counts)
    {
        counts.RequireBoth();
        var (goodBelow, pairs) = (0L, 0.0);
        for (var g = 0; g < counts.GroupCount; g++)
        {
            pairs += counts.Bad(g) * (goodBelow + (0.5 * counts.Good(g)));
            goodBelow += counts.Good(g);
        }

        return pairs / ((double)counts.GoodTotal * counts.BadTotal);
    }

    /// <summary>The AUC of scores against outcomes.</summary>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> bad) => Of(new ScoredLoans(scores, bad).Counts);
}
