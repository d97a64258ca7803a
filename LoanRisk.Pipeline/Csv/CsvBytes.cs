using System.Buffers;
using System.Text;

namespace LoanRisk.Pipeline.Csv;

/// <summary>Writes fields of a CSV file in UTF-8, the same bytes as <see cref="CsvText"/>.</summary>
internal static class CsvBytes
{
    private const byte Quote = (byte)'"';

    /// <summary>Appends one field, quoted only where it must be.</summary>
    public static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> field, byte separator, Cells cells)
    {
        var isFormula = cells == Cells.Safe && FormulaText.IsRun(field);
        if (!field.Contains(separator) && field.IndexOfAny(Quote, (byte)'\r', (byte)'\n') < 0)
        {
            output.Write(isFormula ? [(byte)FormulaText.Apostrophe] : []);
            output.Write(field);
            return;
        }

        var room = output.GetSpan((2 * field.Length) + 3);
        var length = 0;
        room[length++] = Quote;
        if (isFormula)
        {
            room[length++] = (byte)FormulaText.Apostrophe;
        }

        foreach (var value in field)
        {
            room[length++] = value;
            if (value == Quote)
            {
                room[length++] = Quote;
            }
        }

        room[length++] = Quote;
        output.Advance(length);
    }

    /// <summary>The bytes of one field, quoted only where it must be.</summary>
    public static byte[] OfField(string field, char separator, Cells cells)
    {
        var bytes = new ArrayBufferWriter<byte>();
        WriteField(bytes, Encoding.UTF8.GetBytes(field), (byte)separator, cells);
        return bytes.WrittenSpan.ToArray();
    }
}
