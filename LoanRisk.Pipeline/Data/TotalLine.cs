namespace LoanRisk.Pipeline.Data;

/// <summary>
/// Lines that sum a table up, or speak of it, as exports put them below: no rows, and no sign that a file is half-written.
/// </summary>
internal static class TotalLine
{
    private const int FewestWords = 3;

    private static readonly string[] Words =
    [
        "total", "totals", "subtotal", "sum", "sums", "grand total", "average", "mean", "summe", "gesamt",
    ];

    /// <summary>True for a line that starts with such a word, and for a sentence in place of the columns.</summary>
    /// <param name="fields">The line's fields.</param>
    /// <param name="columns">Columns of the header.</param>
    public static bool Looks(string[] fields, int columns)
    {
        var first = Array.Find(fields, field => !string.IsNullOrWhiteSpace(field))?.Trim() ?? "";
        var isWord = Words.Contains(first.TrimEnd(':'), StringComparer.OrdinalIgnoreCase);
        return fields.Length == columns
            ? isWord
            : isWord || Array.Exists(Words, word => StartsWith(first, word)) || IsSentence(fields, first);
    }

    private static bool StartsWith(string text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && text.Length > word.Length && !char.IsLetterOrDigit(text[word.Length]);

    private static bool IsSentence(string[] fields, string first) =>
        fields.Length == 1 && first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => char.IsLetter(word[0])) >= FewestWords;
}
