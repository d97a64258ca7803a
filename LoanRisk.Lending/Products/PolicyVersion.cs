using System.Text.RegularExpressions;

namespace LoanRisk.Lending.Products;

/// <summary>The order of policy versions.</summary>
public static class PolicyVersion
{
    private static readonly Regex Part = new("[0-9]+|[^0-9]+", RegexOptions.NonBacktracking);

    /// <summary>True when the second version is higher: runs of digits count as numbers (<c>10</c> is above <c>9</c>, <c>1.10</c> above <c>1.9</c>), all else by its letters.</summary>
    public static bool IsRaised(string from, string to)
    {
        var (before, after) = (PartsOf(from), PartsOf(to));
        for (var i = 0; i < Math.Min(before.Count, after.Count); i++)
        {
            if (Compare(before[i], after[i]) is not 0 and var order)
            {
                return order < 0;
            }
        }

        return before.Count < after.Count;
    }

    private static List<string> PartsOf(string version) => [.. Part.Matches(version).Select(part => part.Value)];

    private static int Compare(string one, string other)
    {
        if (!char.IsAsciiDigit(one[0]) || !char.IsAsciiDigit(other[0]))
        {
            return string.CompareOrdinal(one, other);
        }

        var (left, right) = (one.TrimStart('0'), other.TrimStart('0'));
        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right);
    }
}
