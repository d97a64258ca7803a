using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>
/// Which level a text means. Programs write 2 as 2.0 and people write Mortgage as MORTGAGE: where all levels of a feature are numbers they
/// are compared as numbers, else case does not tell levels apart, both only where one level alone is meant.
/// </summary>
internal static class LevelSpelling
{
    /// <summary>The level's number in a feature row; -1 when none is meant, or more than one.</summary>
    public static int CodeOf(Feature feature, string text)
    {
        var code = feature.CodeOf(text);
        return code >= 0 ? code
            : AreNumbers(feature) ? DecimalNotation.TryParse(text, out var number) ? Only(feature, level => IsNumber(level.Value, number))
            : -1
            : Only(feature, level => IsCalled(level.Value, text) || level.Spellings.Any(spelling => IsCalled(spelling, text)));
    }

    /// <summary>Other spellings that files are full of: a number with <c>.0</c>, a word in capitals or without.</summary>
    public static IEnumerable<string> Usual(Feature feature, int code)
    {
        var value = feature.Levels[code].Value;
        string[] others =
        [
            value + ".0", value.ToUpperInvariant(), value.ToLowerInvariant(), value[..1].ToUpperInvariant() + value[1..].ToLowerInvariant(),
        ];
        return others.Where(text => feature.CodeOf(text) < 0 && CodeOf(feature, text) == code).Distinct(StringComparer.Ordinal);
    }

    /// <summary>All levels are numbers.</summary>
    public static bool AreNumbers(Feature feature) => feature.Levels.All(level => DecimalNotation.TryParse(level.Value, out _));

    private static bool IsNumber(string level, double number) => DecimalNotation.TryParse(level, out var other) && other == number;

    private static bool IsCalled(string level, string text) => level.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static int Only(Feature feature, Func<Level, bool> isMeant)
    {
        var meant = feature.Levels.Index().Where(l => isMeant(l.Item)).Select(l => l.Index).Take(2).ToList();
        return meant.Count == 1 ? meant[0] : -1;
    }
}
