using System.Buffers;
using System.Globalization;

namespace LoanRisk.Lending;

/// <summary>Numbers as decimal text with a point, whatever the culture. A value is shifted between fraction and percent in its
/// text, never by dividing, so that the same digits always give the same double.</summary>
public static class DecimalNotation
{
    /// <summary>The longest text that is read as a number; every double's own text is shorter.</summary>
    public const int Longest = 400;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>
    /// Reads digits with an optional sign, decimal point and exponent, and nothing else: no separators, no hexadecimal, no NaN.
    /// A number too large for a double is read as an infinity, for the caller to refuse.
    /// </summary>
    public static bool TryParse(string text, out double number)
    {
        number = 0;
        return text.Length is > 0 and <= Longest
            && !text.AsSpan().ContainsAnyExcept(NumberCharacters)
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The same for a text in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        if (ShortDecimal.TryParse(text, out number))
        {
            return true;
        }

        number = 0;
        return text.Length is > 0 and <= Longest
            && !text.ContainsAnyExcept(NumberBytes)
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The shortest digits that give the number back, without an exponent; minus zero is written as zero.</summary>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "Only finite numbers have a decimal text.");
        }

        var text = (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : Shift(text[..exponent], int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>Moves the decimal point of a plain decimal text to the right (or left, when negative): 0.2039 by 2 is 20.39.</summary>
    public static string Shift(string plain, int places)
    {
        var sign = plain.StartsWith('-') ? "-" : "";
        var unsigned = plain.TrimStart('-', '+');
        var point = unsigned.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? unsigned : unsigned[..point];
        var fraction = point < 0 ? "" : unsigned[(point + 1)..];
        if (places >= 0)
        {
            fraction = fraction.PadRight(places, '0');
            return Trimmed(sign, whole + fraction[..places], fraction[places..]);
        }

        whole = whole.PadLeft(-places, '0');
        return Trimmed(sign, whole[..(whole.Length + places)], whole[(whole.Length + places)..] + fraction);
    }

    private static string Trimmed(string sign, string whole, string fraction)
    {
        whole = whole.TrimStart('0');
        fraction = fraction.TrimEnd('0');
        var digits = (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction);
        return digits == "0" ? digits : sign + digits;
    }
}
