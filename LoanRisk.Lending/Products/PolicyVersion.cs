using System.Text.RegularExpressions;

namespace LoanRisk.Lending.Products;

/// <summary>
/// Policy versions: whole numbers joined by dots or hyphens (<c>3</c>, <c>1.10</c>, <c>2026-11</c>), of which the higher is told by the
/// numbers alone.
/// </summary>
public static class PolicyVersion
{
    /// <summary>What a version may be, in words.</summary>
    public const string Allowed =
        "A version is a whole number, or whole numbers joined by dots or hyphens, for example 3, 1.10 or 2026-11: "
        + "which of two is higher is told by the numbers, from left to right.";

    private static readonly Regex Form = new(@"\A[0-9]+([.-][0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Number = new("[0-9]+", RegexOptions.NonBacktracking);

    /// <summary>True when a product file may name it. Earlier programs took and recorded any text.</summary>
    public static bool IsAllowed(string version) => Form.IsMatch(version);

    /// <summary>
    /// True when the second version is higher: the first number that differs decides (<c>10</c> is above <c>9</c>, <c>1.10</c> above
    /// <c>1.9</c>), else the one with more numbers is higher (<c>1.1</c> above <c>1</c>). Of a recorded version that is not allowed any
    /// more the numbers count: <c>3</c> is above <c>2b</c>, and <c>2</c> is not.
    /// </summary>
    public static bool IsRaised(string from, string to)
    {
        var (before, after) = (NumbersOf(from), NumbersOf(to));
        var differs = before.Zip(after).Select(pair => Compare(pair.First, pair.Second)).FirstOrDefault(order => order != 0);
        return differs == 0 ? before.Count < after.Count : differs < 0;
    }

    // Without leading zeros, as a date for a version may have more digits than any number type.
    private static List<string> NumbersOf(string version) => [.. Number.Matches(version).Select(number => number.Value.TrimStart('0'))];

    private static int Compare(string one, string other) =>
        one.Length != other.Length ? one.Length - other.Length : string.CompareOrdinal(one, other);
}
