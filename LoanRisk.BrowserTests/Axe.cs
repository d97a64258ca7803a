using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>The accessibility checker, on the page that is open.</summary>
internal static class Axe
{
    // The rules that ask for colours; a page that turns dark changes nothing else.
    private static readonly string[] ColourRules = ["color-contrast", "link-in-text-block"];

    /// <summary>By every rule.</summary>
    public static Task AssertNothingSeriousAsync(Requester requester) => AssertNothingSeriousAsync(requester, new AxeRunOptions());

    /// <summary>By the rules for colours, on a page that passed the others in another colour scheme.</summary>
    public static Task AssertNothingSeriousInColoursAsync(Requester requester) => AssertNothingSeriousAsync(
        requester, new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = [.. ColourRules] } });

    // What passes is told by rule and not node by node: the telling takes longer than the checks.
    private static async Task AssertNothingSeriousAsync(Requester requester, AxeRunOptions options)
    {
        options.ResultTypes = [ResultType.Violations];
        var result = await requester.Page.RunAxe(options);
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(Describe));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: "
        + string.Join(
            " | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(" ", node.Any.Select(check => check.Message))}"));
}
