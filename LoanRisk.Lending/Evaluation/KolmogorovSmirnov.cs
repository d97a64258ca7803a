namespace LoanRisk.Lending.Evaluation;

/// <summary>KS: the widest gap between the cumulative shares of good and of bad loans over the score.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>0 to 1.</summary>
    public static double Of(OutcomeCounts counts)
    {
        counts.RequireBoth();
        var (good, bad, widest) = (0L, 0L, 0.0);
        for (var g = 0; g < counts.GroupCount; g++)
        {
            good += counts.Good(g);
            bad += counts.Bad(g);
            widest = Math.Max(widest, Math.Abs(((double)good / counts.GoodTotal) - ((double)bad / counts.BadTotal)));
        }

        return widest;
    }
}
