using System.Text.RegularExpressions;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Reports;

/// <summary>Finds things in the text of a report.</summary>
internal static class Pattern
{
    public static IReadOnlyList<Match> All(string text, string pattern) =>
        [.. new Regex(pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(10)).Matches(text).AsEnumerable<Match>()];

    public static Match First(string text, string pattern) => All(text, pattern) is [var first, ..] ? first : Match.Empty;
}
