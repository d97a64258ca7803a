using LoanRisk.MLNet.Rows;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>Thresholds for ML.NET, which compares floats and knows no band of zeros.</summary>
internal static class FloatThreshold
{
    private const double Edge = ZeroBand.Edge;

    /// <summary>
    /// The threshold with the same sides when no number is read as zero: the engine takes all of the band of zeros to one side, so a
    /// threshold within it moves to the band's upper end, or just below the band when it is below zero.
    /// </summary>
    public static double OutsideZeros(double threshold) => threshold switch
    {
        >= 0 and < Edge => Edge,
        >= -Edge and < 0 => double.BitDecrement(-Edge),
        _ => threshold,
    };

    /// <summary>The largest float that is not above the threshold: every float is on the same side of both.</summary>
    public static float Of(double threshold) => FloatColumn.Floor(OutsideZeros(threshold));

    /// <summary>
    /// ML.NET reads a missing value as the threshold and 1 more where it is to go right, which must then be above the threshold as a float.
    /// </summary>
    public static bool CanSendMissingRight(float threshold) => (float)((double)threshold + 1) > threshold;
}
