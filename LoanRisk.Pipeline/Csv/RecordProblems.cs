using LoanRisk.Lending;

namespace LoanRisk.Pipeline.Csv;

/// <summary>Why a record cannot be read by column, in words.</summary>
internal static class RecordProblems
{
    public static string LongField { get; } = $"a field has more than {CsvSource.LongestField:N0} characters.";

    public static string NotUtf8(int field) => $"field {field} holds bytes that are not UTF-8 text. Save the file as UTF-8.";

    public static string Unclosed(int field) => $"a quotation mark opens field {field}, and none closes it.";

    public static string Misplaced(int field) =>
        $"a quotation mark stands inside field {field}, where none may: within quotation marks it is doubled, "
        + "and a field with one is quoted whole.";

    public static string Ragged(int fields, int columns) =>
        $"{CountedNoun.Of(fields, "field")}, but the header names {CountedNoun.Of(columns, "column")}.";
}
