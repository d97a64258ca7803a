using MathNet.Numerics.Distributions;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>Do two samples have one share of something? z with pooled variance; Fisher's exact test where few are expected.</summary>
public static class TwoProportionTest
{
    /// <summary>The least that is expected of each kind in each sample for z to be used; Cochran's rule.</summary>
    public const double FewestExpected = 5;

    /// <summary>Tests; null where a sample is empty, or all or none of both have it.</summary>
    /// <param name="first">How many have it in the first sample.</param>
    /// <param name="firstOf">Of how many.</param>
    /// <param name="second">How many have it in the second.</param>
    /// <param name="secondOf">Of how many.</param>
    public static SignificanceTest? Of(long first, long firstOf, long second, long secondOf)
    {
        var (all, have) = ((double)firstOf + secondOf, (double)first + second);
        if (firstOf == 0 || secondOf == 0 || have == 0 || have == all)
        {
            return null;
        }

        if (Math.Min(firstOf, secondOf) * Math.Min(have, all - have) / all < FewestExpected)
        {
            return FisherTest.Of(first, firstOf, second, secondOf);
        }

        var pooled = have / all;
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / firstOf) + (1.0 / secondOf)));
        var z = (((double)first / firstOf) - ((double)second / secondOf)) / error;
        return new SignificanceTest("two-proportion z", z, null, Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z))));
    }
}
