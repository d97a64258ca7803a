using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Pipeline.Csv;

/// <summary>The names of a file's columns.</summary>
internal static class HeaderNames
{
    private const int MostShown = 5;

    /// <summary>The first record's fields as names, without surrounding spaces and what nobody can see.</summary>
    /// <exception cref="CsvFileException">They are no names.</exception>
    public static string[] Of(string path, long line, string[] fields, string? problem)
    {
        var names = fields.Length <= TableLimits.MostColumns ? Array.ConvertAll(fields, Visible) : throw TableLimits.TooManyColumns(path);
        if (names.Any(n => n.Contains(CsvSource.Undecodable) || n.Contains('\0')))
        {
            throw new CsvFileException(
                path, null, "is not UTF-8 text (UTF-16 is read when the file starts with its mark). Save it as UTF-8.");
        }

        if (problem is not null)
        {
            throw new CsvFileException(path, line, $"the names of the columns cannot be read: {problem}");
        }

        if (LookLikeValues(names))
        {
            throw new CsvFileException(
                path,
                null,
                $"line {line} looks like values ({string.Join(", ", names.Take(MostShown))}{(names.Length > MostShown ? ", ..." : "")}), "
                + "not like the names of columns. Put a line with their names first.");
        }

        var twice = names.Where(n => n.Length > 0).CountBy(n => n).FirstOrDefault(c => c.Value > 1).Key;
        return twice is null ? names : throw new CsvFileException(path, line, $"the column \"{twice}\" stands twice.");
    }

    // A mark in the middle of a file that was joined from two, or a zero-width space, makes a name that looks right and is not found.
    private static string Visible(string field) =>
        string.Concat(field.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)).Trim();

    // Half of them are numbers, and not such as people count columns or years with: 0, 1, 2 or 2019, 2020.
    private static bool LookLikeValues(string[] names)
    {
        var numbers = names.Where(n => DecimalNotation.TryParse(n, out _))
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))
            .ToList();
        return numbers.Count >= 2
            && 2 * numbers.Count >= names.Length
            && !numbers.Zip(numbers.Skip(1)).All(pair => pair.Second == pair.First + 1);
    }
}
