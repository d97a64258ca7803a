using LoanRisk.Lending;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Pipeline.Csv;

/// <summary>How the cells of a CSV file are written.</summary>
public enum Cells
{
    /// <summary>
    /// For whoever opens the file: a text that a spreadsheet would run as a formula has an apostrophe before it, by which a spreadsheet
    /// takes it as text.
    /// </summary>
    Safe,

    /// <summary>As they are, for programs.</summary>
    Verbatim,
}

/// <summary>Tells the texts that a spreadsheet would run when it opens a file.</summary>
internal static class FormulaText
{
    /// <summary>What makes a text of a formula.</summary>
    public const char Apostrophe = '\'';

    /// <summary>True when a text starts as a formula does and is no number: <c>-5</c> stays a number, a sign alone runs nothing.</summary>
    public static bool IsRun(ReadOnlySpan<char> text) =>
        text.Length > 1 && Starts(text[0]) && !DecimalNotation.TryParse(text.ToString(), out _);

    /// <inheritdoc cref="IsRun(ReadOnlySpan{char})"/>
    public static bool IsRun(ReadOnlySpan<byte> text) => text.Length > 1 && Starts((char)text[0]) && !DecimalNotation.TryParse(text, out _);

    private static bool Starts(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r';
}
