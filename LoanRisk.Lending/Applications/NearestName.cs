namespace LoanRisk.Lending.Applications;

/// <summary>Finds what somebody probably meant.</summary>
public static class NearestName
{
    private const int LongestCompared = 64;

    /// <summary>The name that differs least from a text, when it is near enough to be a slip; the first of equals.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        if (text.Length is 0 or > LongestCompared)
        {
            return null;
        }

        var allowed = Math.Max(1, text.Length / 4);
        return names.Select(name => (Name: name, Distance: Distance(text.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(c => c.Distance <= allowed && c.Distance < c.Name.Length)
            .OrderBy(c => c.Distance).Select(c => c.Name).FirstOrDefault();
    }

    /// <summary>A text as it may stand in a message: at most 40 characters, none of them a control character.</summary>
    public static string Shorten(string text)
    {
        var shortened = text.Length > 40 ? string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[38]) ? 38 : 39), "…") : text;
        return string.Concat(shortened.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }

    // Edits of one letter, with two neighbours swapped as one edit (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j : Fewest(a, b, i, j, edits);
            }
        }

        return edits[a.Length, b.Length];
    }

    private static int Fewest(string a, string b, int i, int j, int[,] edits)
    {
        var replaced = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var fewest = Math.Min(replaced, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
        var swaps = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swaps ? Math.Min(fewest, edits[i - 2, j - 2] + 1) : fewest;
    }
}
