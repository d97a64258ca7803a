namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>
/// Weights that let the rarer outcome count for more in training. They move every probability, so a model trained with them needs
/// calibration.
/// </summary>
public static class ClassWeights
{
    /// <summary>LightGBM's <c>scale_pos_weight</c> that balances the outcomes: good loans over bad ones.</summary>
    /// <exception cref="ArgumentException">One of the outcomes is missing.</exception>
    public static double ScalePosWeight(ReadOnlySpan<bool> bad)
    {
        var badCount = bad.Count(true);
        return badCount > 0 && badCount < bad.Length
            ? (double)(bad.Length - badCount) / badCount
            : throw new ArgumentException(
                $"Good and bad loans are both needed; there are {bad.Length - badCount} good and {badCount} bad ones.", nameof(bad));
    }
}
