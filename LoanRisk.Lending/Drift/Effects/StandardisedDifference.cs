using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift.Effects;

/// <summary>
/// How far two means, or two shares, lie apart, in standard deviations: the root of the two variances' mean (Austin, Statistics in Medicine
/// 28, 2009). It does not depend on the sizes of the samples.
/// </summary>
public static class StandardisedDifference
{
    /// <summary>Of means: above 0 where the current one is the higher; null where there is no deviation to measure by.</summary>
    public static double? Of(NumberMoments reference, NumberMoments current)
    {
        var deviation = Math.Sqrt((reference.Variance / 2) + (current.Variance / 2));
        return deviation > 0 && double.IsFinite(deviation) ? (current.Mean - reference.Mean) / deviation : null;
    }

    /// <summary>Of shares; half a row with and half a row without are added to both, so that none against all is finite.</summary>
    public static double OfShares(long reference, long referenceOf, long current, long currentOf)
    {
        var (a, b) = ((reference + 0.5) / (referenceOf + 1), (current + 0.5) / (currentOf + 1));
        return (b - a) / Math.Sqrt(((a * (1 - a)) + (b * (1 - b))) / 2);
    }
}
