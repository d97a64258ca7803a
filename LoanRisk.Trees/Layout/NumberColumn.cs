using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Layout;

/// <summary>
/// A feature as numerical nodes of one missing type read it: a value becomes a byte, its rank among the thresholds of
/// those nodes. Rank 0 is missing; otherwise the rank is 1 + the number of thresholds below the value, so that
/// <c>value &lt;= thresholds[k]</c> is exactly <c>rank &lt;= k + 1</c>.
/// </summary>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Bound">A value is missing unless it is further than this from zero: -1 leaves NaN alone as missing.</param>
/// <param name="MissingRank">0, or where NaN counts as zero, the rank of zero.</param>
/// <param name="Thresholds">Rising, at most <see cref="MostThresholds"/>; see <see cref="Effective"/>.</param>
internal sealed record NumberColumn(int Feature, double Bound, byte MissingRank, double[] Thresholds)
{
    /// <summary>Ranks are 0 to 255, and a missing value that goes right is read as 255, above every threshold's rank.</summary>
    public const int MostThresholds = 254;

    /// <summary>A column for nodes of a missing type.</summary>
    public static NumberColumn Of(int feature, MissingType missing, double[] thresholds)
    {
        var isZeroMissing = missing == MissingType.Zero;
        var column = new NumberColumn(feature, isZeroMissing ? ZeroBand.Edge : -1, 0, thresholds);
        return missing == MissingType.None ? column with { MissingRank = column.Rank(0) } : column;
    }

    /// <summary>
    /// The threshold that decides for a value as it is in the way the node decides after values within
    /// <see cref="ZeroBand.Edge"/> have become zero.
    /// </summary>
    public static double Effective(double threshold) => threshold switch
    {
        >= 0 and <= ZeroBand.Edge => ZeroBand.Edge,
        < 0 and >= -ZeroBand.Edge => Math.BitDecrement(-ZeroBand.Edge),
        _ => threshold,
    };

    /// <summary>The rank of a value.</summary>
    public byte Rank(double value)
    {
        if (!(Math.Abs(value) > Bound))
        {
            return MissingRank;
        }

        return (byte)(Below(Thresholds, value) + 1);
    }

    /// <summary>How many of rising thresholds lie below a value, by a branchless binary search.</summary>
    public static int Below(double[] thresholds, double value)
    {
        var (first, count) = (0, thresholds.Length);
        while (count > 0)
        {
            var half = (count + 1) >> 1;
            first += half & -Unsafe.BitCast<bool, byte>(thresholds[first + half - 1] < value);
            count -= half;
        }

        return first;
    }
}
