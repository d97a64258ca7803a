namespace LoanRisk.BrowserTests;

/// <summary>What must hold for every page in every state on a wide screen and on paper.</summary>
public sealed class EveryPageTests(BrowserFixture browser)
{
    /// <summary>Pixels of an A4 page between its margins of 14 mm, at 96 a inch.</summary>
    internal const int PaperWidth = 688;

    // Reached once for all of it: bringing a page into its state costs more than looking at it.
    [Theory]
    [MemberData(nameof(PageState.Names), MemberType = typeof(PageState))]
    public async Task Axe_finds_nothing_serious_nothing_is_blocked_and_words_are_whole_on_screen_and_paper(string state)
    {
        await using var requester = await browser.VisitAsync();
        await PageState.Of(state).ReachAsync(requester);
        await Axe.AssertNothingSeriousAsync(requester);
        await requester.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await Axe.AssertNothingSeriousInColoursAsync(requester);
        Assert.Empty(requester.Complaints);
        Assert.All(requester.Requests, request => Assert.Equal(browser.Address.Authority, new Uri(request.Url).Authority));

        Assert.Empty(await requester.BrokenWordsAsync());
        await requester.Page.EmulateMediaAsync(
            new() { Media = Microsoft.Playwright.Media.Print, ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await requester.Page.SetViewportSizeAsync(PaperWidth, 970);
        Assert.Empty(await requester.BrokenWordsAsync());
        Assert.Equal(0, await requester.OverhangAsync());
    }

    [Fact]
    public async Task Axe_finds_nothing_serious_on_the_page_that_tries_the_api()
    {
        await using var requester = await browser.VisitAsync();
        await requester.OpenAsync("/swagger");
        await requester.Page.WaitForSelectorAsync(".opblock");
        await Axe.AssertNothingSeriousAsync(requester);
        await requester.Page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Dark });
        await Axe.AssertNothingSeriousInColoursAsync(requester);
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
            var focus = await requester.Page.EvaluateAsync<string?>(
                "document.activeElement === document.body ? null : getComputedStyle(document.activeElement).outlineStyle + ' ' + "
                    + "document.activeElement.outerHTML.slice(0, 80)");
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
}
