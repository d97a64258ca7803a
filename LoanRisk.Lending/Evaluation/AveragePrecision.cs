namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Average precision: precision at each distinct score from the riskiest down, weighed by the recall it adds; a step sum, not
/// a trapezoid, which would be too kind. Without skill it is the share of bad loans.
/// </summary>
public static class AveragePrecision
{
    /// <summary>0 to 1.</summary>
    public static double Of(OutcomeCounts counts)
    {
        counts.RequireBoth();
        var (caught, flagged, sum) = (0L, 0L, 0.0);
        for (var g = counts.GroupCount - 1; g >= 0; g--)
        {
            caught += counts.Bad(g);
            flagged += counts.Bad(g) + counts.Good(g);
            if (counts.Bad(g) > 0)
            {
                sum += counts.Bad(g) * ((double)caught / flagged);
            }
        }

        return sum / counts.BadTotal;
    }
}
