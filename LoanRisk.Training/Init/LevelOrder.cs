using System.Globalization;
using System.Text.RegularExpressions;

namespace LoanRisk.Training.Init;

/// <summary>Finds an order that the texts of levels tell themselves.</summary>
internal static class LevelOrder
{
    private static readonly string[] No = ["no", "n", "false", "f", "none"];

    private static readonly string[][] Scales =
    [
        ["very low", "low", "medium", "high", "very high"],
        ["low", "mid", "high"],
        ["low", "moderate", "high"],
        ["small", "medium", "large"],
        ["poor", "fair", "good", "very good", "excellent"], ["bad", "average", "good"],
    ];

    // Words that may stand before the number of a step; B001 and A11 are codes.
    private static readonly string[] Steps =
    [
        "grade", "tier", "stage", "level", "step", "rank", "band", "up to", "under", "over", "below", "above", "from", "less than",
        "more than",
    ];

    private const int MostSteps = 30;

    private static readonly Regex Number = new(@"[0-9]+(?:\.[0-9]+)?", RegexOptions.NonBacktracking);

    /// <summary>The levels from low to high, or null when their texts tell no order.</summary>
    public static IReadOnlyList<string>? Find(IReadOnlyList<string> levels) =>
        levels.All(TextColumn.IsNumber) ? [.. levels.OrderBy(l => double.Parse(l, CultureInfo.InvariantCulture))]
        : levels.All(l => l.Length == 1 && char.IsAsciiLetter(l[0])) && AreNeighbours(levels) ? [.. levels.Order(StringComparer.Ordinal)]
        : ByScale(levels) ?? ByNumber(levels);

    /// <summary>Two levels: no before yes, else as they tell themselves, else by the alphabet.</summary>
    public static IReadOnlyList<string> OfTwo(IReadOnlyList<string> levels) =>
        Find(levels)
            ?? [.. levels.OrderByDescending(l => No.Contains(l, StringComparer.OrdinalIgnoreCase)).ThenBy(l => l, StringComparer.Ordinal)];

    // Grades: A, B, C without a hole. Other letters are codes (F and M).
    private static bool AreNeighbours(IReadOnlyList<string> levels) =>
        levels.Count > 2 && levels.Max(l => l[0]) - levels.Min(l => l[0]) == levels.Count - 1;

    private static string[]? ByScale(IReadOnlyList<string> levels)
    {
        var scale = Array.Find(Scales, s => levels.All(l => s.Contains(l, StringComparer.OrdinalIgnoreCase)));
        return scale is null
            ? null
            : [.. levels.OrderBy(l => Array.FindIndex(scale, s => s.Equals(l, StringComparison.OrdinalIgnoreCase)))];
    }

    // "< 1 year", "1 year", "10+ years": every text has a number, nothing but a word for steps before it, and what stands around it is much
    // the same.
    private static string[]? ByNumber(IReadOnlyList<string> levels)
    {
        var keys = levels.Select(Key).ToList();
        return levels.Count <= MostSteps
            && levels.All(IsStep)
            && keys.TrueForAll(k => k is not null)
            && keys.Distinct().Count() == levels.Count
            && levels.Select(Around).Distinct().Count() == 1
            ? [.. levels.Zip(keys).OrderBy(l => l.Second!.Value.Number).ThenBy(l => l.Second!.Value.Side).Select(l => l.First)]
            : null;
    }

    private static (double Number, int Side)? Key(string level)
    {
        var match = Number.Match(level);
        return match.Success
            ? (
                double.Parse(match.Value, CultureInfo.InvariantCulture),
                level.Contains('<', StringComparison.Ordinal)
                    ? -1
                    : level.Contains('+', StringComparison.Ordinal) || level.Contains('>', StringComparison.Ordinal)
                    ? 1
                    : 0)
            : null;
    }

    private static bool IsStep(string level)
    {
        var before = string.Concat(level.TakeWhile(c => !char.IsAsciiDigit(c)))
            .Trim(' ', '<', '>', '=', '~', '$', '(', '[', '≤', '≥', '.', ':', '-')
            .ToLowerInvariant();
        return before.Length == 0 || Steps.Contains(before);
    }

    private static string Around(string level) =>
        string.Concat(Number.Replace(level, "").Where(char.IsLetter)).TrimEnd('s').ToLowerInvariant();
}
