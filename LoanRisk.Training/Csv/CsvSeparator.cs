namespace LoanRisk.Training.Csv;

/// <summary>What stands between the fields of a file.</summary>
internal static class CsvSeparator
{
    // The comma first: it wins a tie, also in a file with a single column.
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    private const int LongestHeader = 1_000_000;

    /// <summary>The candidate that occurs most often in the first line that is not empty, outside of quotes.</summary>
    public static char Detect(TextReader reader)
    {
        var counts = new int[Candidates.Length];
        var (quoted, anything) = (false, false);
        for (var read = 0; read < LongestHeader && reader.Read() is >= 0 and var c; read++)
        {
            if (c is '\r' or '\n' && !quoted && anything)
            {
                break;
            }

            anything |= c is not ('\r' or '\n');
            quoted ^= c == '"';
            if (!quoted && Array.IndexOf(Candidates, (char)c) is >= 0 and var candidate)
            {
                counts[candidate]++;
            }
        }

        return Candidates[Array.IndexOf(counts, counts.Max())];
    }
}
