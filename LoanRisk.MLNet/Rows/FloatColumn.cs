namespace LoanRisk.MLNet.Rows;

/// <summary>
/// Gives the numbers of a column to ML.NET, which reads single precision: each as a float that is on the number's side of every threshold
/// of the column. ML.NET's thresholds are the largest floats that are not above the engine's.
/// </summary>
/// <param name="thresholds">The engine's thresholds, rising; no two of them between two neighbouring floats.</param>
internal sealed class FloatColumn(double[] thresholds)
{
    /// <summary>No threshold: any float near the number does.</summary>
    public static FloatColumn Free { get; } = new([]);

    /// <summary>The largest float that is not above a number; NaN for NaN.</summary>
    public static float Floor(double value)
    {
        var near = (float)value;
        return near > value ? float.BitDecrement(near) : near;
    }

    /// <summary>The float for a number.</summary>
    public float Of(double value)
    {
        var floor = Floor(value);
        return floor == value || double.IsNaN(value) ? floor : Between(floor, value);
    }

    // A threshold from the float below up to the number has the number on its right; the float itself would be on its left.
    private float Between(float floor, double value)
    {
        var place = Array.BinarySearch(thresholds, value);
        var below = (place < 0 ? ~place : place) - 1;
        return below >= 0 && thresholds[below] >= floor ? float.BitIncrement(floor) : floor;
    }
}
