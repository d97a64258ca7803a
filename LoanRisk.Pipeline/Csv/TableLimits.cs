namespace LoanRisk.Pipeline.Csv;

/// <summary>What a file may hold at most, so that one that is no table is refused before it fills the memory.</summary>
public static class TableLimits
{
    /// <summary>Columns a header may name.</summary>
    public const int MostColumns = 10_000;

    /// <summary>Characters one line may have.</summary>
    public const int LongestLine = 1 << 21;

    internal static CsvFileException EndlessLine(string path, long? line) =>
        new(path, line, $"has more than {LongestLine:N0} characters; a table's lines are shorter.");

    internal static CsvFileException TooManyColumns(string path) =>
        new(
            path,
            null,
            $"the header names more than {MostColumns:N0} columns, the most a file may have. Leave out those that are not needed; "
            + "if the first line is no header, put one before it.");
}
