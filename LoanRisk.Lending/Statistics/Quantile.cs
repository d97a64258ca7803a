namespace LoanRisk.Lending.Statistics;

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

    /// <summary>The quantile between points of a distribution, straight from each to the next.</summary>
    /// <param name="points">At least one; shares rise from 0 to 1.</param>
    /// <param name="share">0 for the lowest, 1 for the highest.</param>
    public static double OfPoints(IReadOnlyList<QuantilePoint> points, double share)
    {
        var (low, high) = (0, points.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].Share <= share ? (middle, high) : (low, middle);
        }

        var (left, right) = (points[low], points[high]);
        var part = right.Share > left.Share ? Math.Clamp((share - left.Share) / (right.Share - left.Share), 0, 1) : 0;
        return left.Value + (part * (right.Value - left.Value));
    }
}

/// <summary>A point of a distribution.</summary>
/// <param name="Share">The share of values at or below.</param>
/// <param name="Value">The value.</param>
public sealed record QuantilePoint(double Share, double Value);
