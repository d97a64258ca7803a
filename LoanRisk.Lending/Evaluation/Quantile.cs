namespace LoanRisk.Lending.Evaluation;

/// <summary>Quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7).</summary>
public static class Quantile
{
    /// <summary>The quantile of values in rising order.</summary>
    /// <param name="sorted">At least one value, rising.</param>
    /// <param name="share">0 for the lowest, 1 for the highest.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("A quantile needs at least one value.", nameof(sorted));
        }

        var place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var below = (int)place;
        var (low, high) = (sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)]);
        return low == high ? low : low + ((place - below) * (high - low));
    }
}
