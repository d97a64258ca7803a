using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>What must hold for every page in every state.</summary>
public sealed class EveryPageTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(PageState.Names), MemberType = typeof(PageState))]
    public async Task Axe_finds_nothing_serious_in_light_and_dark_and_nothing_is_blocked(string state)
    {
        await using var requester = await browser.VisitAsync();
        await PageState.Of(state).ReachAsync(requester);
        await AssertAccessibleAsync(requester);
        await requester.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await AssertAccessibleAsync(requester);
        Assert.Empty(requester.Complaints);
        Assert.All(requester.Requests, request => Assert.Equal(browser.Address.Authority, new Uri(request.Url).Authority));
    }

    [Theory]
    [MemberData(nameof(PageState.Names), MemberType = typeof(PageState))]
    public async Task Nothing_scrolls_sideways_on_a_phone(string state)
    {
        await using var requester = await browser.VisitAsync(Screen.Phone);
        await PageState.Of(state).ReachAsync(requester);
        Assert.Equal(0, await requester.OverhangAsync());
        await AssertAccessibleAsync(requester);
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_the_page_that_tries_the_api()
    {
        await using var requester = await browser.VisitAsync();
        await requester.OpenAsync("/swagger");
        await requester.Page.WaitForSelectorAsync(".opblock");
        await AssertAccessibleAsync(requester);
        await requester.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await AssertAccessibleAsync(requester);
    }

    [Fact]
    public async Task Where_the_keyboard_is_can_always_be_seen()
    {
        await using var requester = await browser.VisitAsync();
        await requester.OpenAsync("/?example=0");
        var seen = 0;
        for (var i = 0; i < 40; i++)
        {
            await requester.Page.Keyboard.PressAsync("Tab");
            var focus = await requester.Page.EvaluateAsync<string?>("document.activeElement === document.body ? null : getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.outerHTML.slice(0, 80)");
            if (focus is null)
            {
                break;
            }

            Assert.DoesNotMatch("^none ", focus);
            seen++;
        }

        Assert.InRange(seen, 20, 39); // skip link, brand, navigation, examples, ten fields, buttons, theme
    }

    [Fact]
    public async Task The_first_page_is_light()
    {
        await using var requester = await browser.VisitAsync();
        await requester.OpenAsync("/");
        await requester.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        var bytes = new Dictionary<string, int>();
        foreach (var request in requester.Requests)
        {
            var sizes = await request.SizesAsync();
            bytes[request.Url] = sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        var total = bytes.Values.Sum();
        Assert.True(total is > 10_000 and < 150_000, $"{total} bytes: {string.Join(", ", bytes)}");
    }

    private static async Task AssertAccessibleAsync(Requester requester)
    {
        var result = await requester.Page.RunAxe();
        Assert.NotEmpty(result.Passes);
        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToArray();
        Assert.True(serious.Length == 0, string.Join(Environment.NewLine, serious.Select(Describe)));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(" ", node.Any.Select(check => check.Message))}"))}";
}
