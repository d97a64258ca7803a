using MathNet.Numerics;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// Pearson's chi-square: are levels as frequent in one sample as in the other? Levels of which too few are expected are taken together,
/// for the distribution holds for none of them alone.
/// </summary>
public static class ChiSquareTest
{
    /// <summary>Tests; null where a sample is empty or there is one level.</summary>
    /// <param name="first">Counts of the first sample, one a level.</param>
    /// <param name="second">Counts of the second, in the same order.</param>
    public static SignificanceTest? Of(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        var (n, m) = (first.Sum(), second.Sum());
        var cells = first.Zip(second, (a, b) => (First: a, Second: b)).Where(c => c.First + c.Second > 0).ToList();
        if (n == 0 || m == 0 || cells.Count < 2)
        {
            return null;
        }

        var pooled = Pool(cells, (double)Math.Min(n, m) / (n + m));
        return pooled.Count switch
        {
            < 2 => null,
            2 when TwoProportionTest.Of(pooled[0].First, n, pooled[0].Second, m) is { Statistic: null } exact => exact,
            _ => Pearson(pooled, n, m),
        };
    }

    /// <summary>
    /// The levels as the test counts them: rare ones together in the first place, joined by the next rarest while too few.
    /// </summary>
    internal static IReadOnlyList<(long First, long Second)> Pool(List<(long First, long Second)> cells, double smallerShare)
    {
        var rising = cells.OrderBy(c => c.First + c.Second).ToList();
        var rare = rising.TakeWhile(c => Expected(c) < TwoProportionTest.FewestExpected).Count();
        if (rare == 0)
        {
            return rising;
        }

        // What is left after pooling must still be something to compare with.
        while (rare < rising.Count - 1 && Expected(Sum(rising.Take(rare))) < TwoProportionTest.FewestExpected)
        {
            rare++;
        }

        rare = Math.Min(rare, rising.Count - 1);
        return [Sum(rising.Take(rare)), .. rising.Skip(rare)];

        double Expected((long First, long Second) cell) => (cell.First + cell.Second) * smallerShare;
    }

    private static (long First, long Second) Sum(IEnumerable<(long First, long Second)> cells) =>
        cells.Aggregate((First: 0L, Second: 0L), (sum, c) => (sum.First + c.First, sum.Second + c.Second));

    private static SignificanceTest Pearson(IReadOnlyList<(long First, long Second)> cells, long n, long m)
    {
        var statistic = 0.0;
        foreach (var (a, b) in cells)
        {
            var (expectedA, expectedB) = (((double)a + b) * n / (n + m), ((double)a + b) * m / (n + m));
            statistic += ((a - expectedA) * (a - expectedA) / expectedA) + ((b - expectedB) * (b - expectedB) / expectedB);
        }

        var freedom = cells.Count - 1;
        return new SignificanceTest("chi-square", statistic, freedom, SpecialFunctions.GammaUpperRegularized(freedom / 2.0, statistic / 2));
    }
}
