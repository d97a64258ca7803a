namespace LoanRisk.Training.Csv;

/// <summary>What a file may hold at most, so that one that is no table is refused before it fills the memory.</summary>
public static class TableLimits
{
    /// <summary>Columns a header may name.</summary>
    public const int MostColumns = 10_000;

    /// <summary>Characters one line may have.</summary>
    public const int LongestLine = 1 << 21;

    /// <summary>Goes through the header alone, without keeping it.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="text">The file's text from its start.</param>
    /// <param name="separator">What stands between the fields.</param>
    /// <exception cref="CsvFileException">It names more columns.</exception>
    public static void CheckHeader(string path, TextReader text, char separator)
    {
        var (columns, length, isQuoted) = (1, 0, false);
        for (var c = text.Read(); c >= 0 && length <= LongestLine && (isQuoted || length == 0 || c is not ('\r' or '\n')); c = text.Read())
        {
            length += length > 0 || c is not ('\r' or '\n') ? 1 : 0;
            isQuoted ^= c == '"';
            columns += c == separator && !isQuoted ? 1 : 0;
            if (columns > MostColumns)
            {
                throw TooManyColumns(path);
            }
        }
    }

    internal static CsvFileException EndlessLine(string path, long? line) =>
        new(path, line, $"has more than {LongestLine:N0} characters; a table's lines are shorter.");

    internal static CsvFileException TooManyColumns(string path) =>
        new(path, null, $"the header names more than {MostColumns:N0} columns, the most a file may have. Leave out those that are not needed; if the first line is no header, put one before it.");
}
