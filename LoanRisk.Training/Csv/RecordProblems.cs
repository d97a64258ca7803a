namespace LoanRisk.Training.Csv;

/// <summary>Why a record cannot be read by column, in words.</summary>
internal static class RecordProblems
{
    public const string MisplacedQuote = "a quotation mark stands inside a field that is not quoted.";

    public const string NotUtf8 = "holds bytes that are not UTF-8 text. Save the file as UTF-8.";

    public static string LongField { get; } = $"a field has more than {CsvSource.LongestField:N0} characters.";

    public static string Ragged(int fields, int columns) => $"{fields} fields, but the header names {columns} columns.";
}
