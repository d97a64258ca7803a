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
        await using var visitor = await browser.VisitAsync();
        await PageState.Of(state).ReachAsync(visitor);
        Assert.Empty(await visitor.BrokenWordsAsync());

        await visitor.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await visitor.Page.SetViewportSizeAsync(PaperWidth, 970);

        Assert.Empty(await visitor.BrokenWordsAsync());
        Assert.Equal(0, await visitor.OverhangAsync());
    }
}
