using System.Text;

namespace LoanRisk.Pipeline.Csv;

/// <summary>What stands between the fields of a file.</summary>
internal static class CsvSeparator
{
    // The comma first: it wins a tie, also in a file with a single column.
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>The candidate that occurs most often in the first line that is not empty, outside of quotes.</summary>
    public static char Detect(ReadOnlySpan<byte> text)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var quoted = false;
        foreach (var c in text.TrimStart("\r\n"u8))
        {
            if (c is (byte)'\r' or (byte)'\n' && !quoted)
            {
                break;
            }

            quoted ^= c == '"';
            if (!quoted && Candidates.IndexOf(c) is >= 0 and var candidate)
            {
                counts[candidate]++;
            }
        }

        var most = 0;
        for (var candidate = 1; candidate < counts.Length; candidate++)
        {
            most = counts[candidate] > counts[most] ? candidate : most;
        }

        return (char)Candidates[most];
    }

    /// <summary>
    /// Excel's own first line, <c>sep=;</c>: the separator it names and the bytes it takes with its line end; null when the text does not
    /// start with one.
    /// </summary>
    public static (char Separator, int Bytes)? Named(ReadOnlySpan<byte> text)
    {
        var line = text[..(text.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? end : text.Length)];
        var named = line.Trim("\" "u8);
        if (named.Length != 5
            || !Ascii.EqualsIgnoreCase(named[..4], "sep="u8)
            || !Ascii.IsValid(named[4])
            || named[4] is (byte)'"'
            || char.IsAsciiLetterOrDigit((char)named[4]))
        {
            return null;
        }

        var rest = text[line.Length..];
        return ((char)named[4], line.Length + (rest.StartsWith("\r\n"u8) ? 2 : rest.IsEmpty ? 0 : 1));
    }
}
