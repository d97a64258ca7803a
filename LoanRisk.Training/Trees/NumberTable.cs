using System.Globalization;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Training.Trees;

/// <summary>Numbers from any CSV file with a header; empty, NA and nan (in any case) are missing.</summary>
public static class NumberTable
{
    /// <summary>The number in a column of the current row; NaN when missing.</summary>
    /// <param name="source">The file.</param>
    /// <param name="column">The place of the column.</param>
    /// <param name="hint">What to add when the value is no number.</param>
    /// <exception cref="CsvFileException">The row is ragged or the value is no number.</exception>
    public static double Value(CsvSource source, int column, string hint = "") =>
        Value(Text(source, column))
            ?? throw new CsvFileException(source.Path, source.Line, NotANumber(source.Header[column], Text(source, column)) + hint);

    /// <summary>The number a text without surrounding spaces stands for: NaN when missing, null when it is none.</summary>
    public static double? Value(ReadOnlySpan<char> text) => IsMissing(text) ? double.NaN : TryParse(text, out var number) ? number : null;

    /// <summary>What is said of a text that is no number.</summary>
    public static string NotANumber(string column, string text) =>
        $"{column} must be a number, or empty, NA or nan where it is missing; it was \"{text}\".";

    /// <summary>The text in a column of the current row, without surrounding spaces.</summary>
    /// <exception cref="CsvFileException">The row is ragged.</exception>
    public static string Text(CsvSource source, int column) =>
        source.Problem is { } problem ? throw new CsvFileException(source.Path, source.Line, problem) : source.Fields[column].Trim();

    /// <summary>True for the spellings of a missing value.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.Equals("NA", StringComparison.OrdinalIgnoreCase) || text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a number or an infinity.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number))
        {
            return true;
        }

        number = text.TrimStart("+-").Equals("inf", StringComparison.OrdinalIgnoreCase)
            ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
            : double.NaN;
        return !double.IsNaN(number);
    }
}
