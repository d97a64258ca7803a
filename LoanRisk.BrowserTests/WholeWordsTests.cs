using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>Words stay whole on paper and on a wide screen.</summary>
public sealed class WholeWordsTests(BrowserFixture browser)
{
    /// <summary>Pixels of an A4 page between its margins of 14 mm, at 96 a inch.</summary>
    internal const int PaperWidth = 688;

    [Theory]
    [MemberData(nameof(PageState.Names), MemberType = typeof(PageState))]
    public async Task No_word_is_broken_and_nothing_reaches_over_the_edge(string state)
    {
        await using var requester = await browser.VisitAsync();
        await PageState.Of(state).ReachAsync(requester);
        Assert.Empty(await requester.BrokenWordsAsync());

        await requester.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await requester.Page.SetViewportSizeAsync(PaperWidth, 970);

        Assert.Empty(await requester.BrokenWordsAsync());
        Assert.Equal(0, await requester.OverhangAsync());
    }
}
