using System.Globalization;
using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Engine;

/// <summary>Columns of numbers from any CSV file with a header; empty, NA and nan (in any case) are missing.</summary>
public static class NumberTable
{
    /// <summary>Reads named columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">The columns to read, from the header.</param>
    /// <param name="progress">Told the share read.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>One array a chosen column, in the order chosen.</returns>
    /// <exception cref="CsvFileException">A row is ragged, a value is no number, or there are no rows.</exception>
    public static IReadOnlyList<double[]> Read(
        string path, Func<CsvSource, IReadOnlyList<int>> choose, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using var source = CsvSource.Open(path);
        var chosen = choose(source);
        var columns = chosen.Select(_ => new List<double>()).ToArray();
        while (source.Read())
        {
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c].Add(Value(source, chosen[c]));
            }

            if (columns[0].Count % 5_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(source.ShareRead);
            }
        }

        return columns[0].Count > 0 ? [.. columns.Select(c => c.ToArray())] : throw new CsvFileException(path, null, "has a header but no rows.");
    }

    /// <summary>The number in a column of the current row; NaN when missing.</summary>
    /// <exception cref="CsvFileException">The row is ragged or the value is no number.</exception>
    public static double Value(CsvSource source, int column)
    {
        if (source.Problem is { } problem)
        {
            throw new CsvFileException(source.Path, source.Line, problem);
        }

        var text = source.Fields[column].AsSpan().Trim();
        if (IsMissing(text))
        {
            return double.NaN;
        }

        return TryParse(text, out var number)
            ? number
            : throw new CsvFileException(source.Path, source.Line, $"{source.Header[column]} must be a number, or empty, NA or nan where it is missing; it was \"{text}\".");
    }

    private static bool IsMissing(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.Equals("NA", StringComparison.OrdinalIgnoreCase) || text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static bool TryParse(ReadOnlySpan<char> text, out double number)
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
