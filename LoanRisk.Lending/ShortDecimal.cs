namespace LoanRisk.Lending;

/// <summary>
/// Reads the decimals that files are full of, such as <c>0.2039</c>, to the same double as <see cref="double.Parse(string)"/>: when the
/// digits make a whole number that a double holds exactly and so is the power of ten it is divided by, one division rounds correctly
/// (Clinger, "How to read floating point numbers accurately", 1990).
/// </summary>
internal static class ShortDecimal
{
    // 10 to the 22nd is the largest power of ten that a double holds exactly.
    private static readonly double[] Powers =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    private const int MostDigits = 18;
    private const ulong MostWhole = 1UL << 53;

    /// <summary>Digits with at most one point and no sign; false for everything else, and for more digits than are exact.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        var (whole, digits, fraction) = (0UL, 0, -1);
        foreach (var character in text)
        {
            var digit = (uint)(character - '0');
            if (digit <= 9)
            {
                whole = (whole * 10) + digit;
                fraction += fraction >= 0 ? 1 : 0;
                if (++digits > MostDigits)
                {
                    break;
                }
            }
            else if (character == '.' && fraction < 0)
            {
                fraction = 0;
            }
            else
            {
                digits = 0;
                break;
            }
        }

        number = whole;
        number = fraction > 0 && digits <= MostDigits ? number / Powers[fraction] : number;
        return digits is > 0 and <= MostDigits && whole <= MostWhole;
    }
}
