namespace LoanRisk.BrowserTests;

/// <summary>What must hold for every page in every state on a small screen. A class of its own, so that it runs beside the other.</summary>
public sealed class PhoneTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(PageState.Names), MemberType = typeof(PageState))]
    public async Task Nothing_scrolls_sideways_on_a_phone(string state)
    {
        await using var requester = await browser.VisitAsync(Screen.Phone);
        await PageState.Of(state).ReachAsync(requester);
        Assert.Equal(0, await requester.OverhangAsync());
        await Axe.AssertNothingSeriousAsync(requester);
    }
}
