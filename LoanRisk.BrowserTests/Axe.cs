using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>The accessibility checker, on the page that is open.</summary>
internal static class Axe
{
    public static async Task AssertNothingSeriousAsync(Requester requester)
    {
        var result = await requester.Page.RunAxe();
        Assert.NotEmpty(result.Passes);
        Assert.Empty(result.Violations.Where(v => v.Impact is "serious" or "critical").Select(Describe));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: "
        + string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(" ", node.Any.Select(check => check.Message))}"));
}
