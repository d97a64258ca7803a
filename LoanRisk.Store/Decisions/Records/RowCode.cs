using System.Globalization;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// A feature row. Two bits a number say how it is kept: as the number that the value's text is, as missing, as a whole number (ranks and
/// codes of levels), or in its eight bytes. The bits of four numbers stand in a byte, the first lowest, before all that follows.
/// </summary>
internal static class RowCode
{
    /// <summary>A number takes at least so many.</summary>
    public const int FormBits = 2;

    private const int FormsAByte = 4;

    private const int LongestText = 32;

    private const double MostWhole = 1L << 53;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly ulong Missing = BitConverter.DoubleToUInt64Bits(double.NaN);

    private enum Form
    {
        OfText,
        Missing,
        Whole,
        Double,
    }

    public static void Write(RecordWriter to, IReadOnlyList<double> row, IReadOnlyList<string?> values)
    {
        var forms = new byte[row.Count];
        for (var i = 0; i < row.Count; i++)
        {
            forms[i] = (byte)FormOf(row[i], i < values.Count ? values[i] : null);
        }

        WriteForms(to, forms);
        for (var i = 0; i < row.Count; i++)
        {
            if (forms[i] == (byte)Form.Whole)
            {
                to.Number((ulong)row[i]);
            }
            else if (forms[i] == (byte)Form.Double)
            {
                to.Double(row[i]);
            }
        }
    }

    public static double[] Read(ref RecordReader from, int count, IReadOnlyList<string?> values)
    {
        var forms = from.Next((count + FormsAByte - 1) / FormsAByte);
        var row = new double[count];
        for (var i = 0; i < count; i++)
        {
            row[i] = (Form)((forms[i / FormsAByte] >> (i % FormsAByte * FormBits)) & 3) switch
            {
                Form.OfText => i < values.Count && TryParse(values[i], out var number) ? number : throw RecordFormatException.CutOff,
                Form.Missing => double.NaN,
                Form.Whole => from.Number(),
                _ => from.Double(),
            };
        }

        return row;
    }

    private static void WriteForms(RecordWriter to, ReadOnlySpan<byte> forms)
    {
        var bytes = to.Next((forms.Length + FormsAByte - 1) / FormsAByte);
        bytes.Clear();
        for (var i = 0; i < forms.Length; i++)
        {
            bytes[i / FormsAByte] |= (byte)(forms[i] << (i % FormsAByte * FormBits));
        }
    }

    private static Form FormOf(double number, string? text)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number);
        return bits == Missing ? Form.Missing
            : TryParse(text, out var parsed) && BitConverter.DoubleToUInt64Bits(parsed) == bits ? Form.OfText
            : number is >= 0 and < MostWhole && BitConverter.DoubleToUInt64Bits((ulong)number) == bits ? Form.Whole
            : Form.Double;
    }

    private static bool TryParse(string? text, out double number)
    {
        number = 0;
        return text is { Length: > 0 and <= LongestText }
            && text[0] < 'A'
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
    }
}
