using System.Collections.Immutable;

namespace LoanRisk.Lending.Calibration;

/// <summary>
/// A rising curve through the centres of the pooled blocks, straight between two centres and flat beyond the first and the
/// last. Straight lines instead of steps: two applicants in one block with different scores keep their order, and a step's
/// edge, which is an accident of the calibration rows, moves nobody across a policy band by itself.
/// </summary>
/// <param name="Points">Scores rise strictly, probabilities never fall; at least one point.</param>
public sealed record IsotonicCalibration(ImmutableArray<CalibrationPoint> Points) : ProbabilityCalibration
{
    /// <inheritdoc/>
    public override string Method => "isotonic";

    /// <summary>Equal when the points are.</summary>
    public bool Equals(IsotonicCalibration? other) => other is not null && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Points.Length == 0 ? 0 : HashCode.Combine(Points.Length, Points[0], Points[^1]);

    /// <inheritdoc/>
    protected override double Map(double rawScore)
    {
        var right = FirstAbove(rawScore);
        if (right == 0)
        {
            return Points[0].Probability;
        }

        return right == Points.Length ? Points[^1].Probability : Between(Points[right - 1], Points[right], rawScore);
    }

    // Rounding keeps this rising in the score; the upper end is cut so that it cannot pass the next point by a last bit.
    private static double Between(CalibrationPoint left, CalibrationPoint right, double score)
    {
        var share = (score - left.Score) / (right.Score - left.Score);
        return Math.Min(left.Probability + (share * (right.Probability - left.Probability)), right.Probability);
    }

    private int FirstAbove(double score)
    {
        var (low, high) = (0, Points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Points[middle].Score > score ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}

/// <summary>A point of an <see cref="IsotonicCalibration"/>: at this raw score, this share of loans was bad.</summary>
public readonly record struct CalibrationPoint(double Score, double Probability);
