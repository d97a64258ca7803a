using LoanRisk.Lending.Drift.Samples;
using MathNet.Numerics.Distributions;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>Welch's t-test: have two samples one mean, whatever their variances? (Welch, Biometrika 34, 1947.)</summary>
public static class WelchTest
{
    // As R's t.test: below this share of the mean a standard error is rounding.
    private const double Rounding = 10 * 2.220446049250313e-16;

    /// <summary>
    /// Tests; null where there is nothing to test: fewer than two numbers in a sample, both constant, or numbers too large for a variance.
    /// </summary>
    public static SignificanceTest? Of(NumberMoments first, NumberMoments second)
    {
        if (first.Count < 2 || second.Count < 2)
        {
            return null;
        }

        var (a, b) = (first.Variance / first.Count, second.Variance / second.Count);
        var error = Math.Sqrt(a + b);
        if (!double.IsFinite(error) || error <= Rounding * Math.Max(Math.Abs(first.Mean), Math.Abs(second.Mean)))
        {
            return null;
        }

        // Shares of the squared error, for the squares themselves may be too large for a double.
        var (shareA, shareB) = (a / (a + b), b / (a + b));
        var t = (first.Mean - second.Mean) / error;
        var freedom = 1 / ((shareA * shareA / (first.Count - 1)) + (shareB * shareB / (second.Count - 1)));
        return new SignificanceTest("Welch's t", t, freedom, Math.Min(1, 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t))));
    }
}
