using MathNet.Numerics;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>
/// Fisher's exact test of a table of two by two: all tables of the same margins that are no likelier than the one at hand.
/// </summary>
public static class FisherTest
{
    // Two tables of one probability may differ in the last digits of their logarithms.
    private const double Slack = 1e-7;

    // Standard deviations, and tables where that is little.
    private const double Reach = 12;

    /// <summary>Tests; the samples are not empty.</summary>
    /// <param name="first">How many have it in the first sample.</param>
    /// <param name="firstOf">Of how many.</param>
    /// <param name="second">How many have it in the second.</param>
    /// <param name="secondOf">Of how many.</param>
    public static SignificanceTest Of(long first, long firstOf, long second, long secondOf)
    {
        var have = first + second;
        var (least, most) = Range(first, firstOf, have, secondOf);
        var observed = LogWays(first, firstOf, have, secondOf);
        var (atMost, all) = (0.0, 0.0);
        for (var count = least; count <= most; count++)
        {
            var relative = LogWays(count, firstOf, have, secondOf) - observed;
            all += Math.Exp(relative);
            atMost += relative <= Slack ? Math.Exp(relative) : 0;
        }

        return new SignificanceTest("Fisher's exact", null, null, Math.Min(1, atMost / all));
    }

    // Tables so far out that they add nothing are left aside: there may be millions.
    private static (long Least, long Most) Range(long first, long firstOf, long have, long secondOf)
    {
        var (all, share) = ((double)firstOf + secondOf, (double)have / (firstOf + secondOf));
        var mean = firstOf * share;
        var reach = Math.Abs(first - mean) + (Reach * Math.Sqrt(mean * (1 - share) * secondOf / all)) + Reach;
        return (
            Math.Max(Math.Max(0, have - secondOf), (long)Math.Floor(mean - reach)),
            Math.Min(Math.Min(have, firstOf), (long)Math.Ceiling(mean + reach)));
    }

    private static double LogWays(long count, long firstOf, long have, long secondOf) =>
        LogChoose(firstOf, count) + LogChoose(secondOf, have - count);

    private static double LogChoose(long all, long some) =>
        SpecialFunctions.GammaLn(all + 1.0) - SpecialFunctions.GammaLn(some + 1.0) - SpecialFunctions.GammaLn(all - some + 1.0);
}
