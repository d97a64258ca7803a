using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Drift.Significance;

/// <summary>p-values of tests that were made together, so adjusted that each may be held against the level by itself.</summary>
public static class AdjustedPValues
{
    /// <summary>Adjusts; one for each, in their order.</summary>
    /// <param name="pValues">Of the tests that ran, and of no others: each counts.</param>
    /// <param name="correction">By which rule.</param>
    public static double[] Of(IReadOnlyList<double> pValues, TestCorrection correction)
    {
        var tests = pValues.Count;
        return correction switch
        {
            TestCorrection.None => [.. pValues],
            TestCorrection.Bonferroni => [.. pValues.Select(p => Math.Min(1, p * tests))],
            TestCorrection.Sidak => [.. pValues.Select(p => Sidak(p, tests))],
            TestCorrection.Holm => Holm(pValues),
            TestCorrection.BenjaminiHochberg => BenjaminiHochberg(pValues),
            _ => throw new ArgumentOutOfRangeException(nameof(correction), correction, "An unknown correction."),
        };
    }

    // 1 - (1 - p)^tests. Of a tiny p the difference from 1 would be lost: there the sum's first terms have all its digits.
    private static double Sidak(double p, int tests)
    {
        if (p >= 1)
        {
            return 1;
        }

        var exponent = tests * LogOdds.LogOnePlus(-p);
        return exponent > -1e-5 ? -exponent * (1 + (exponent / 2 * (1 + (exponent / 3)))) : 1 - Math.Exp(exponent);
    }

    private static double[] Holm(IReadOnlyList<double> pValues)
    {
        var order = Rising(pValues);
        var (adjusted, largest) = (new double[order.Length], 0.0);
        for (var place = 0; place < order.Length; place++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - place) * pValues[order[place]]));
            adjusted[order[place]] = largest;
        }

        return adjusted;
    }

    private static double[] BenjaminiHochberg(IReadOnlyList<double> pValues)
    {
        var order = Rising(pValues);
        var (adjusted, smallest) = (new double[order.Length], 1.0);
        for (var place = order.Length - 1; place >= 0; place--)
        {
            smallest = Math.Min(smallest, (double)order.Length / (place + 1) * pValues[order[place]]);
            adjusted[order[place]] = smallest;
        }

        return adjusted;
    }

    private static int[] Rising(IReadOnlyList<double> pValues) =>
        [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
}
