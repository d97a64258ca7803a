namespace LoanRisk.Reports.Charts;

/// <summary>Breaks text for SVG, which does not wrap by itself.</summary>
public static class TextLines
{
    /// <summary>
    /// At most <paramref name="most"/> lines of at most <paramref name="width"/> characters; what is left over ends in an ellipsis.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, int width, int most)
    {
        List<string> lines = [];
        var rest = text.Trim();
        while (rest.Length > width && lines.Count < most - 1)
        {
            var cut = rest.LastIndexOf(' ', width);
            cut = cut > 0 ? cut : width;
            lines.Add(rest[..cut]);
            rest = rest[cut..].TrimStart();
        }

        lines.Add(rest.Length > width ? rest[..(width - 1)].TrimEnd() + "…" : rest);
        return lines;
    }
}
