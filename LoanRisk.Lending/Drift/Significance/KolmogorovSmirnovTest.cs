using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// Kolmogorov and Smirnov's test of two samples: the widest gap between their cumulative shares. Exact for small samples, ties included
/// (Schroeer and Trenkler, Computational Statistics and Data Analysis 20, 1995); the limit distribution otherwise, which for ties errs on
/// the quiet side.
/// </summary>
public static class KolmogorovSmirnovTest
{
    /// <summary>Below this product of the sizes the exact distribution is used, as in R.</summary>
    private const double FewPairs = 10_000;

    private const int MostTerms = 100;

    /// <summary>Tests; null where a sample is empty or both have one and the same value alone.</summary>
    public static SignificanceTest? Of(ValueDistribution first, ValueDistribution second)
    {
        var (n, m) = (first.Count, second.Count);
        if (n == 0 || m == 0 || (first.IsConstant && second.IsConstant && first.Points[0] == second.Points[0]))
        {
            return null;
        }

        var steps = DistributionPairs.Steps(first, second);
        var p = first.IsExact && second.IsExact && (double)n * m < FewPairs
            ? Exact(steps, (int)n, (int)m)
            : Limit(DistributionPairs.Gap(steps, n, m) * Math.Sqrt((double)n / (n + m) * m));
        return new SignificanceTest("Kolmogorov-Smirnov", DistributionPairs.Gap(steps, n, m), null, Math.Clamp(p, 0, 1));
    }

    /// <summary>Kolmogorov's limit: the probability of a gap above this, times the root of the sizes' half harmonic mean.</summary>
    internal static double Limit(double z) => z < 1 ? 1 - Below(z) : Above(z);

    private static double Above(double z)
    {
        var sum = 0.0;
        for (var k = 1; k < MostTerms; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        }

        return sum;
    }

    // The same by Jacobi's transformation, which converges for small z.
    private static double Below(double z)
    {
        var sum = 0.0;
        for (var k = 1; z > 0 && k < MostTerms; k += 2)
        {
            sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * z * z));
        }

        return z > 0 ? Math.Sqrt(2 * Math.PI) / z * sum : 0;
    }

    // All orders of the values are equally likely: paths from (0, 0) to (n, m). The gap can be seen only after the last of equal values.
    private static double Exact(IReadOnlyList<DistributionStep> steps, int n, int m)
    {
        var widest = steps.Max(s => Math.Abs((s.First * m) - (s.Second * n)));
        var seen = new bool[n + m + 1];
        foreach (var step in steps)
        {
            seen[step.First + step.Second] = true;
        }

        var outside = new double[m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                var isOutside = seen[i + j] && Math.Abs(((long)i * m) - ((long)j * n)) >= widest;
                outside[j] = isOutside ? 1 : Mean(i, j, outside);
            }
        }

        return outside[m];

        // The share of paths to (i, j) that were outside: those over (i - 1, j), which stands where this one will, and over (i, j - 1).
        static double Mean(int i, int j, double[] outside) =>
            i + j == 0 ? 0 : ((i * (i > 0 ? outside[j] : 0)) + (j * (j > 0 ? outside[j - 1] : 0))) / (i + j);
    }
}
