namespace LoanRisk.Lending.Statistics;

/// <summary>Between log-odds and probabilities, exact at both ends.</summary>
public static class LogOdds
{
    /// <summary>1 / (1 + exp(-<paramref name="logOdds"/>)), without overflow.</summary>
    public static double ToProbability(double logOdds)
    {
        var e = Math.Exp(-Math.Abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(p / (1 - p)).</summary>
    public static double Of(double probability) => Math.Log(probability) - LogOnePlus(-probability);

    /// <summary>ln of the probability at these log-odds: -ln(1 + exp(-x)), without losing digits far out.</summary>
    public static double LogProbability(double logOdds) =>
        logOdds >= 0 ? -LogOnePlus(Math.Exp(-logOdds)) : logOdds - LogOnePlus(Math.Exp(logOdds));

    // Kahan: the rounding of 1 + x is made good by the factor, so that a tiny x is not lost.
    internal static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
