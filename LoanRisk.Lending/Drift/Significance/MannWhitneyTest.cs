using MathNet.Numerics.Distributions;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// Mann and Whitney's U over ranks: is one sample higher than the other? Normal approximation with correction for ties and continuity, as
/// R's <c>wilcox.test(exact = FALSE)</c>.
/// </summary>
public static class MannWhitneyTest
{
    /// <summary>Tests; null where a sample is empty or all values are of one rank.</summary>
    /// <param name="first">Counts of the first sample, one a rank, rising.</param>
    /// <param name="second">Counts of the second.</param>
    public static SignificanceTest? Of(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        var (n, m) = ((double)first.Sum(), (double)second.Sum());
        var all = n + m;
        var ties = first.Zip(second, (a, b) => (double)a + b).Sum(t => t * ((t * t) - 1));
        var variance = n * m / 12 * (all + 1 - (ties / (all * (all - 1))));
        if (n == 0 || m == 0 || !(variance > 0) || first.Zip(second, (a, b) => a + b).Count(t => t > 0) < 2)
        {
            return null;
        }

        var u = U(first, second);
        var off = u - (n * m / 2);
        var z = (off - (Math.Sign(off) * 0.5)) / Math.Sqrt(variance);
        return new SignificanceTest("Mann-Whitney U", u, null, Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z))));
    }

    /// <summary>Pairs in which the value of the first sample is the higher one, ties counting half.</summary>
    internal static double U(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        var (u, below) = (0.0, 0.0);
        for (var rank = 0; rank < first.Count; rank++)
        {
            u += first[rank] * (below + (second[rank] / 2.0));
            below += second[rank];
        }

        return u;
    }
}
