using System.Text;
using System.Text.RegularExpressions;

namespace LoanRisk.Training.Init;

/// <summary>What the name of a column tells.</summary>
internal static class ColumnName
{
    private const int LongestName = 64;

    private static readonly string[] IdWords = ["id", "ids", "uuid", "guid", "key", "ref", "reference", "iban", "ssn"];

    private static readonly (string Plain, string Accented)[] Accents =
    [
        ("a", "àáâãäåāăą"), ("c", "çćč"), ("e", "èéêëēėęě"), ("i", "ìíîïī"), ("l", "ł"), ("n", "ñńň"), ("o", "òóôõöøō"), ("r", "ř"),
        ("s", "śšș"), ("ss", "ß"), ("t", "țť"), ("u", "ùúûüūů"), ("y", "ýÿ"), ("z", "źżž"),
    ];

    private static readonly Regex Words = new("[A-Z]*[a-z]+|[A-Z]+|[0-9]+", RegexOptions.NonBacktracking);

    /// <summary>The words of a name in lower case: <c>SK_ID_CURR</c> is sk, id, curr; <c>yearlyIncome</c> is yearly, income.</summary>
    public static IReadOnlyList<string> WordsOf(string column) =>
        [.. Words.Matches(WithoutAccents(column)).Select(word => word.Value.ToLowerInvariant())];

    /// <summary>True when the name says that the column holds names of rows.</summary>
    public static bool SaysId(string column) => WordsOf(column).Any(IdWords.Contains);

    /// <summary>True when one of the name's words is among some.</summary>
    public static bool Says(string column, params IEnumerable<string> words) => WordsOf(column).Any(w => words.Contains(w));

    /// <summary>A label for a person: <c>loan_amnt</c> becomes Loan amnt.</summary>
    public static string Label(string column)
    {
        var text = string.Join(' ', column.Replace('_', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
        text = text.Any(char.IsLower) ? text : text.ToLowerInvariant();
        return text.Length == 0 ? column : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>
    /// A name for JSON: the column's own where it may be one, else its words with underscores; unlike those that are taken.
    /// </summary>
    public static string Field(string column, ISet<string> taken)
    {
        var name = IsField(column) ? column : Joined(column);
        var fresh = name;
        for (var number = 2; !taken.Add(fresh); number++)
        {
            fresh = $"{name[..Math.Min(name.Length, LongestName - 4)]}_{number}";
        }

        return fresh;
    }

    // état civil is etat civil: letters are compared without what stands above or below them. The program's culture is invariant, and has
    // no tables for that.
    private static string WithoutAccents(string text) => Ascii.IsValid(text) ? text : string.Concat(text.Select(WithoutAccent));

    private static string WithoutAccent(char letter)
    {
        var plain = Array.Find(Accents, a => a.Accented.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal)).Plain
            ?? letter.ToString();
        return char.IsUpper(letter) ? plain.ToUpperInvariant() : plain;
    }

    private static string Joined(string column)
    {
        var name = string.Join('_', WordsOf(column));
        name = name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : "column_" + name;
        return name[..Math.Min(name.Length, LongestName)].TrimEnd('_');
    }

    private static bool IsField(string column) =>
        column.Length <= LongestName && char.IsAsciiLetter(column[0]) && column.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
