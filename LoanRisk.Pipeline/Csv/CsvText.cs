namespace LoanRisk.Pipeline.Csv;

/// <summary>Writes rows of a CSV file as RFC 4180 says, with the separator of choice and LF line ends.</summary>
public static class CsvText
{
    /// <summary>Appends one field, quoted only where it must be.</summary>
    public static void WriteField(TextWriter writer, ReadOnlySpan<char> field, char separator, Cells cells)
    {
        var isFormula = cells == Cells.Safe && FormulaText.IsRun(field);
        if (field.IndexOfAny(['"', '\r', '\n', separator]) < 0)
        {
            writer.Write(isFormula ? "'" : "");
            writer.Write(field);
            return;
        }

        writer.Write(isFormula ? "\"'" : "\"");
        foreach (var c in field)
        {
            writer.Write(c);
            if (c == '"')
            {
                writer.Write(c);
            }
        }

        writer.Write('"');
    }

    /// <summary>Writes a row and ends the line.</summary>
    public static void WriteRow(TextWriter writer, IEnumerable<string> fields, char separator, Cells cells)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
            {
                writer.Write(separator);
            }

            WriteField(writer, field, separator, cells);
            first = false;
        }

        writer.Write('\n');
    }
}
