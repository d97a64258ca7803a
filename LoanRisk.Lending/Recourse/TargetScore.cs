namespace LoanRisk.Lending.Recourse;

/// <summary>The highest raw score that leads to an outcome: calibration never falls, so all lower ones do too.</summary>
internal static class TargetScore
{
    /// <summary>Finds it by halving the doubles; negative infinity when no score leads there.</summary>
    /// <param name="isReached">Whether a raw score leads there; true for all scores below one, false for all above.</param>
    public static double Of(Func<double, bool> isReached)
    {
        var (low, high) = (OrderOf(-double.MaxValue), OrderOf(double.MaxValue));
        if (!isReached(ScoreAt(low)))
        {
            return double.NegativeInfinity;
        }

        while (low < high)
        {
            var middle = high - (long)(((ulong)high - (ulong)low) / 2);
            (low, high) = isReached(ScoreAt(middle)) ? (middle, high) : (low, middle - 1);
        }

        return ScoreAt(low);
    }

    // The bits of doubles as whole numbers in the doubles' order.
    private static long OrderOf(double score) =>
        BitConverter.DoubleToInt64Bits(score) is >= 0 and var bits ? bits : long.MinValue - BitConverter.DoubleToInt64Bits(score);

    private static double ScoreAt(long order) => BitConverter.Int64BitsToDouble(order >= 0 ? order : long.MinValue - order);
}
