using LoanRisk.Lending.Calibration;

namespace LoanRisk.Lending.Sampling;

/// <summary>
/// Weights that let the rarer outcome count for more in training. They move every probability, so a model trained with them needs
/// calibration, or <see cref="Corrected"/>.
/// </summary>
/// <param name="Good">Weight of a good loan.</param>
/// <param name="Bad">Weight of a bad loan.</param>
public sealed record ClassWeights(double Good, double Bad)
{
    /// <summary>Both outcomes weigh the same in sum, and all loans together as much as before: n / (2 n_class).</summary>
    /// <exception cref="ArgumentException">One of the outcomes is missing.</exception>
    public static ClassWeights Balanced(ReadOnlySpan<bool> bad)
    {
        var (goodCount, badCount) = Counts(bad);
        return new ClassWeights(bad.Length / (2.0 * goodCount), bad.Length / (2.0 * badCount));
    }

    /// <summary>LightGBM's <c>scale_pos_weight</c> that balances the outcomes: good loans over bad ones.</summary>
    /// <exception cref="ArgumentException">One of the outcomes is missing.</exception>
    public static double ScalePosWeight(ReadOnlySpan<bool> bad)
    {
        var (goodCount, badCount) = Counts(bad);
        return (double)goodCount / badCount;
    }

    /// <summary>One weight a loan.</summary>
    public float[] Of(ReadOnlySpan<bool> bad)
    {
        var weights = new float[bad.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(bad[i] ? Bad : Good);
        }

        return weights;
    }

    /// <summary>By how much the weights raise the log-odds of a model that fits them: ln(bad / good).</summary>
    public double LogOddsShift => Math.Log(Bad / Good);

    /// <summary>The probability without the weights' shift (prior correction; G. King and L. Zeng, "Logistic Regression in Rare Events Data", 2001).</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    public double Corrected(double probability) => LogOdds.ToProbability(LogOdds.Of(probability) - LogOddsShift);

    private static (int Good, int Bad) Counts(ReadOnlySpan<bool> bad)
    {
        var badCount = bad.Count(true);
        return badCount > 0 && badCount < bad.Length
            ? (bad.Length - badCount, badCount)
            : throw new ArgumentException($"Good and bad loans are both needed; there are {bad.Length - badCount} good and {badCount} bad ones.", nameof(bad));
    }
}
