using System.Globalization;

namespace LoanRisk.Training.Init;

/// <summary>Tells columns that name rows from columns that say something about them.</summary>
internal static class IdGuess
{
    private const int FewestRows = 20;

    // Digits that no amount has to the last one.
    private const int LongDigits = 9;

    private static readonly string[] PlaceWords = ["zip", "zipcode", "postal", "postcode", "postalcode", "plz"];

    /// <summary>
    /// True for a column that names rows: texts that all differ, long digits, numbers that count up, or what its name calls an id, be it
    /// there more than once.
    /// </summary>
    public static bool IsId(TextColumn column)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        var areUnlike = column.RowCount >= FewestRows && texts.Count >= 0.98 * column.RowCount;
        var areNumbers = texts.TrueForAll(TextColumn.IsNumber);
        return areNumbers
            ? AreWhole(texts)
                && !ColumnName.Says(column.Name, PlaceWords)
                && ((ColumnName.SaysId(column.Name) && (areUnlike || texts.Count > DraftedFeature.MostLevels))
                || (areUnlike && !NumericDraft.SaysMoney(column.Name) && (AreLong(texts) || CountUp(column))))
            : areUnlike
                && texts.TrueForAll(t => t.Length <= 64 && !t.Contains(' ', StringComparison.Ordinal))
                && !WrittenNumbers.AreUnreadable(texts)
                && WrittenNumbers.Find(texts) is null;
    }

    /// <summary>
    /// What a column holds that says who somebody is, which belongs into no model and no file of scores; null when it does not.
    /// </summary>
    public static string? Contact(TextColumn column)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        return texts.Count(
            t =>
                t.IndexOf('@', StringComparison.Ordinal) > 0
                    && t.LastIndexOf('.') > t.IndexOf('@', StringComparison.Ordinal)) > texts.Count / 2
            ? "e-mail addresses"
            : texts.Count > DraftedFeature.MostLevels
                && texts.Count(IsPhone) > 0.9 * texts.Count
                && (ColumnName.Says(column.Name, "phone", "telephone", "tel", "mobile", "fax", "telefon", "telefono", "handy")
                    || texts.Exists(t => t[0] == '+'))
                ? "phone numbers"
            : null;
    }

    private static bool IsPhone(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')' or '/' or '.')
            && text.Count(char.IsAsciiDigit) is >= 7 and <= 15;

    private static bool AreWhole(List<string> texts) =>
        texts.TrueForAll(t => double.Parse(t, CultureInfo.InvariantCulture) is >= 0 and var number && double.IsInteger(number));

    private static bool AreLong(List<string> texts) =>
        texts.TrueForAll(t => t.Length == texts[0].Length) && (texts[0].Length >= LongDigits || texts.Exists(TextColumn.HasLeadingZero));

    private static bool CountUp(TextColumn column)
    {
        var numbers = column.Numbers(t => double.Parse(t, CultureInfo.InvariantCulture));
        return numbers.Zip(numbers.Skip(1)).All(p => p.Second > p.First);
    }
}
