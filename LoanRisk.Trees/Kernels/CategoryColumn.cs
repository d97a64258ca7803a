namespace LoanRisk.Trees.Kernels;

/// <summary>
/// A feature as categorical nodes read it: a value becomes the code of its category among those that some node sends
/// left; every other value has code 0 and goes right at all of them.
/// </summary>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Codes">The code of each category up to the largest known one.</param>
/// <param name="CodeCount">Codes in use, with 0; at most <see cref="MostCodes"/>.</param>
internal sealed record CategoryColumn(int Feature, byte[] Codes, int CodeCount)
{
    /// <summary>A code fits a byte.</summary>
    public const int MostCodes = 256;

    /// <summary>Larger categories would make the table of codes larger than the model.</summary>
    public const int LargestCategory = 65_535;

    /// <summary>The code of a value; NaN fails both comparisons.</summary>
    public byte Code(double value)
    {
        if (!(value > -1 && value < Codes.Length))
        {
            return 0;
        }

        return Codes[(int)value];
    }
}
