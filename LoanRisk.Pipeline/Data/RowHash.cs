namespace LoanRisk.Pipeline.Data;

/// <summary>
/// A number made of a row's values alone: the same on every machine, for every seed and wherever the row stands. By it a row is kept for
/// the test, so that no training run, search or earlier model of the same schema has ever learned from it.
/// </summary>
public static class RowHash
{
    // Any fixed number will do; another one would choose other rows for the test.
    private const ulong Salt = 0x6C6F616E7269736B;

    /// <summary>64 well mixed bits of the values of one row; every NaN is the same, and so are 0 and -0.</summary>
    public static ulong Of(IReadOnlyList<double[]> columns, int row)
    {
        var hash = Salt;
        foreach (var column in columns)
        {
            hash = Mix(hash ^ Bits(column[row]));
        }

        return hash;
    }

    private static ulong Bits(double value) =>
        double.IsNaN(value) ? BitConverter.DoubleToUInt64Bits(double.NaN) : BitConverter.DoubleToUInt64Bits(value + 0.0);

    // The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) after a step of its sequence, so that zeros do not stay zero.
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
