using System.Collections.Immutable;
using System.Globalization;

namespace LoanRisk.Trees.Text;

/// <summary>The header's lists that hold one entry a feature.</summary>
internal static class HeaderLists
{
    public static ImmutableArray<string> Names(KeyedLine line, int features)
    {
        var names = OneEach(line, features);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw line.Fault($"\"{KeyedLine.Shown(name)}\" stands twice");
            }
        }

        return names;
    }

    public static ImmutableArray<string> Infos(KeyedLine line, int features)
    {
        var infos = OneEach(line, features);
        foreach (var info in infos)
        {
            if (!IsInfo(info))
            {
                throw line.Fault($"\"{KeyedLine.Shown(info)}\" is not none, [min:max] or categories joined by colons");
            }
        }

        return infos;
    }

    public static ImmutableArray<int> Directions(KeyedLine line, int features)
    {
        var directions = line.Integers();
        if (directions.Length != features || directions.Any(static direction => direction is < -1 or > 1))
        {
            throw line.Fault($"must have -1, 0 or 1 for each of the {features} features");
        }

        return directions;
    }

    private static ImmutableArray<string> OneEach(KeyedLine line, int features)
    {
        var words = line.Split(' ');
        return words.Length == features ? words : throw line.Fault($"has {words.Length} entries, max_feature_idx says {features}");
    }

    private static bool IsInfo(ReadOnlySpan<char> info) =>
        info is "none" || (info is ['[', .., ']'] ? IsRange(info[1..^1]) : IsCategories(info));

    private static bool IsRange(ReadOnlySpan<char> range)
    {
        var colon = range.IndexOf(':');
        return colon >= 0 && KeyedLine.TryNumber(range[..colon], out _) && KeyedLine.TryNumber(range[(colon + 1)..], out _);
    }

    private static bool IsCategories(ReadOnlySpan<char> categories)
    {
        foreach (var range in categories.Split(':'))
        {
            if (!int.TryParse(categories[range], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return true;
    }
}
