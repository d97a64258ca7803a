namespace LoanRisk.Lending.Evaluation;

/// <summary>Brier score: mean squared distance between probability and outcome (bad = 1); the lower the better.</summary>
public static class BrierScore
{
    /// <summary>0 to 1.</summary>
    public static double Of(ScoredLoans loans) => Of(loans.Scores, loans.Counts);

    internal static double Of(double[] probabilities, OutcomeCounts counts)
    {
        var sum = 0.0;
        for (var g = 0; g < counts.GroupCount; g++)
        {
            var p = probabilities[g];
            sum += (counts.Good(g) * p * p) + (counts.Bad(g) * (1 - p) * (1 - p));
        }

        return sum / (counts.GoodTotal + counts.BadTotal);
    }
}
