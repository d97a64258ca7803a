using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer who works with several products.</summary>
public sealed class ProductSwitchTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(Screen.Desk, true)]
    [InlineData(Screen.Desk, false)]
    [InlineData(Screen.Phone, true)]
    [InlineData(Screen.Phone, false)]
    public async Task The_switch_leads_to_another_product_s_form_with_and_without_script(Screen screen, bool script)
    {
        await using var visitor = await browser.VisitAsync(screen, script: script);
        var page = visitor.Page;
        await visitor.OpenAsync("/");
        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("PeerLoan");

        await page.Locator(".product-switch summary").ClickAsync();
        await visitor.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Client attrition" }));

        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("Client attrition");
        Assert.Equal(["lastmonth_activity", "lastyear_activity", "number_of_employees"], await page.Locator("form.application .field input").EvaluateAllAsync<string[]>("all => all.map(i => i.name)"));
        await visitor.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Likely to leave" }));
        await visitor.PressDecideAsync();
        Assert.Matches("clients like this one (was|were) lost", await page.Locator(".frequency").InnerTextAsync());
        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("Client attrition");
    }

    [Fact]
    public async Task Days_before_the_application_can_be_typed_with_their_minus()
    {
        await using var visitor = await browser.VisitAsync(Screen.Phone);
        await visitor.OpenAsync("/apply/home-credit?example=0");
        Assert.Equal("text", await visitor.Page.Locator("#DAYS_BIRTH").GetAttributeAsync("inputmode"));

        await visitor.Page.Locator("#DAYS_BIRTH").FillAsync("-12 775");
        await visitor.PressDecideAsync();

        Assert.Contains("-12,775", await visitor.Page.Locator(".entered").InnerTextAsync());
    }
}
