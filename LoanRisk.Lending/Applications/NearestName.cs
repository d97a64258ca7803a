namespace LoanRisk.Lending.Applications;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
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

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
