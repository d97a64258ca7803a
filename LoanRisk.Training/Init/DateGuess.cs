using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Training.Init;

/// <summary>How a column writes dates.</summary>
/// <param name="Format">The format in which every value is a date, as .NET writes formats.</param>
/// <param name="Other">Another reading that fits every value as well, the month before the day; null when there is none.</param>
internal sealed record DateGuess(string Format, string? Other)
{
    // A day number of Excel's, 1982 to 2064; seconds and milliseconds since 1970, 2001 on.
    private const double FirstExcelDay = 30_000;
    private const double LastExcelDay = 60_000;
    private const double FirstSecond = 1e9;
    private const double LastMillisecond = 5e12;

    private static readonly string[] DateWords =
    [
        "date", "dt", "datum", "fecha", "day", "issued", "issue", "opened", "open", "time", "timestamp", "month", "period", "created",
        "updated", "maturity", "disbursed",
    ];

    // The stricter of two formats stands first: dd/MM/yyyy before d/M/yyyy, which reads both.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm",
        "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy", "d.M.yy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss",
        "dd/MM/yyyy", "MM/dd/yyyy", "d/M/yyyy", "M/d/yyyy", "dd/MM/yy", "MM/dd/yy", "d/M/yy", "M/d/yy",
        "dd-MM-yyyy", "MM-dd-yyyy", "d-M-yyyy", "M-d-yyyy", "dd-MM-yy", "MM-dd-yy",
        "d/M/yyyy H:mm", "M/d/yyyy H:mm", "d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
        "dd-MMM-yy", "d-MMM-yy", "dd-MMM-yyyy", "d-MMM-yyyy", "dd MMM yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
        "ddMMMyyyy", "ddMMMyy",
        "MMM-yyyy", "MMM-yy", "MMM yyyy", "MMMM yyyy", "yyyy-MM", "yyyy/MM", "MM/yyyy", "M/yyyy", "MM-yyyy",
    ];

    /// <summary>Finds the format; null when there is none that reads every value.</summary>
    public static DateGuess? Of(TextColumn column)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        if (texts.Count == 0 || texts.TrueForAll(TextColumn.IsNumber))
        {
            return texts.Count > 1
                && texts.TrueForAll(t => AreDigits(t, "yyyyMMdd"))
                && (SaysDate(column.Name) || texts.Count > DraftedFeature.MostLevels)
                ? new DateGuess("yyyyMMdd", null)
                : texts.Count > 1 && texts.TrueForAll(t => AreDigits(t, "yyyyMM")) && SaysDate(column.Name) ? new DateGuess("yyyyMM", null)
                : null;
        }

        var format = Array.Find(Formats, f => Reads(texts, f));
        var other = format is null ? null : Array.Find(Formats, f => f != format && AreTurned(format, f) && Reads(texts, f));
        return format is null ? null : new DateGuess(format, other);
    }

    /// <summary>What stands in a column whose name says date but that is not read as one; null when there is nothing to say.</summary>
    public static string? Unreadable(TextColumn column)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        if (!SaysDate(column.Name) || texts.Count < 2)
        {
            return null;
        }

        if (!texts.TrueForAll(TextColumn.IsNumber))
        {
            var format = Formats.MaxBy(f => texts.Count(t => Reads([t], f)))!;
            var odd = texts.FindAll(t => !Reads([t], format));
            return odd.Count < texts.Count / 2
                ? $"dates in more than one way of writing: {texts.Find(t => Reads([t], format))}, {odd[0]}"
                : null;
        }

        var numbers = texts.ConvertAll(t => double.Parse(t, CultureInfo.InvariantCulture));
        return numbers.TrueForAll(n => n is >= FirstExcelDay and <= LastExcelDay)
                ? $"Excel's day numbers ({texts[0]} is {new DateOnly(1899, 12, 30).AddDays((int)numbers[0]):yyyy-MM-dd}); "
                  + "format the column as a date there and save it again"
            : numbers.TrueForAll(n => n is >= FirstSecond and <= LastMillisecond && double.IsInteger(n))
                && texts.Count > DraftedFeature.MostLevels
                ? "seconds or milliseconds since 1970; write dates such as 2026-11-01"
            : null;
    }

    private static bool SaysDate(string column) => ColumnName.Says(column, DateWords);

    private static bool AreDigits(string text, string format) =>
        text.Length == format.Length && text.All(char.IsAsciiDigit) && text[..2] is "19" or "20" && Reads([text], format);

    private static bool Reads(List<string> texts, string format)
    {
        var column = new DateColumn("", "", format);
        return texts.TrueForAll(t => column.Read(t) is not null);
    }

    // The same with day and month changed about.
    private static bool AreTurned(string format, string other) =>
        format.Length == other.Length
            && format.Replace('d', '#').Replace('M', 'd').Replace('#', 'M') == other
            && !format.Contains("MMM", StringComparison.Ordinal);
}
