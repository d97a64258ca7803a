using MathNet.Numerics.Distributions;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// p-values that hold however small they are. t, z, U and chi-square follow their distributions well where p is 0.01 and badly where it is
/// 1E-7, for counts and skewed numbers have longer tails; and there a promise over many looks lives. What is held against the level is the
/// larger of a test's p-value and one of these.
/// </summary>
internal static class TailGuard
{
    // Where p is larger the approximations are good, and nothing is decided that far from the level.
    private const double Far = 0.01;

    // From here on counts are as good as normal as far out as anybody looks.
    private const double ManyExpected = 10_000;

    /// <summary>Of means: whether the distributions differ at all, which needs no form of theirs.</summary>
    public static double OfMeans(SignificanceTest test, SignificanceTest? gap) => Guarded(test, () => gap?.PValue ?? 1);

    /// <summary>Of shares: Fisher's exact test.</summary>
    public static double OfShares(SignificanceTest test, long first, long firstOf, long second, long secondOf) =>
        Guarded(test, () => Share(first, firstOf, second, secondOf));

    /// <summary>Of levels: the smallest p-value of each level against all others, times their number.</summary>
    public static double OfLevels(SignificanceTest test, IReadOnlyList<long> first, IReadOnlyList<long> second) =>
        Guarded(test, () => Smallest(first.Zip(second), first.Sum(), second.Sum()));

    /// <summary>Of ranks: the smallest p-value of what lies up to each rank against what lies above, times their number.</summary>
    public static double OfRanks(SignificanceTest test, IReadOnlyList<long> first, IReadOnlyList<long> second) =>
        Guarded(test, () => Smallest(Cumulative(first).Zip(Cumulative(second)).SkipLast(1), first.Sum(), second.Sum()));

    private static double Guarded(SignificanceTest test, Func<double> guard) =>
        test.PValue >= Far ? test.PValue : Math.Max(test.PValue, guard());

    private static double Smallest(IEnumerable<(long First, long Second)> counts, long n, long m)
    {
        var pValues = counts.Where(c => c.First + c.Second > 0 && c.First + c.Second < n + m)
            .Select(c => Share(c.First, n, c.Second, m))
            .ToList();
        return pValues.Count == 0 ? 1 : Math.Min(1, pValues.Min() * pValues.Count);
    }

    private static double Share(long first, long firstOf, long second, long secondOf)
    {
        var (all, have) = ((double)firstOf + secondOf, (double)first + second);
        var expected = Math.Min(firstOf, secondOf) * Math.Min(have, all - have) / all;
        if (expected < ManyExpected)
        {
            return FisherTest.Of(first, firstOf, second, secondOf).PValue;
        }

        var pooled = have / all;
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / firstOf) + (1.0 / secondOf)));
        return 2 * Normal.CDF(0, 1, -Math.Abs(((double)first / firstOf) - ((double)second / secondOf)) / error);
    }

    private static IEnumerable<long> Cumulative(IReadOnlyList<long> counts)
    {
        var sum = 0L;
        return counts.Select(count => sum += count);
    }
}
