namespace LoanRisk.Lending.Evaluation;

/// <summary>Mean negative log-likelihood of the outcomes, in nats; the lower the better.</summary>
public static class LogLoss
{
    /// <summary>Log loss of probabilities.</summary>
    /// <exception cref="ArgumentException">A score is not strictly between 0 and 1.</exception>
    public static double Of(ScoredLoans loans) => Of(loans.Counts, Costs(loans.Scores));

    internal static double Of(OutcomeCounts counts, double[] costs)
    {
        var sum = 0.0;
        for (var g = 0; g < counts.GroupCount; g++)
        {
            sum += (counts.Good(g) * costs[2 * g]) + (counts.Bad(g) * costs[(2 * g) + 1]);
        }

        return sum / (counts.GoodTotal + counts.BadTotal);
    }

    /// <summary>What a good and a bad loan cost at each score; worked out once for all resamples.</summary>
    internal static double[] Costs(double[] probabilities)
    {
        var costs = new double[2 * probabilities.Length];
        for (var g = 0; g < probabilities.Length; g++)
        {
            var p = probabilities[g];
            if (p is not (> 0 and < 1))
            {
                throw new ArgumentException($"{p} is not a probability strictly between 0 and 1.", nameof(probabilities));
            }

            costs[2 * g] = -Math.Log(1 - p);
            costs[(2 * g) + 1] = -Math.Log(p);
        }

        return costs;
    }
}
