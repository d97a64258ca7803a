using LoanRisk.Tests.Loans;
using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer who works with several products.</summary>
public sealed class ProductSwitchTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(Screen.Desktop, true)]
    [InlineData(Screen.Desktop, false)]
    [InlineData(Screen.Phone, true)]
    [InlineData(Screen.Phone, false)]
    public async Task The_switch_leads_to_another_product_s_form_with_and_without_script(Screen screen, bool script)
    {
        await using var requester = await browser.VisitAsync(screen, script: script);
        var page = requester.Page;
        await requester.OpenAsync("/");
        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("PeerLoan");

        await page.Locator(".product-switch summary").ClickAsync();
        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Client attrition" }));

        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("Client attrition");
        Assert.Equal(
            ["lastmonth_activity", "lastyear_activity", "number_of_employees"],
            await page.Locator("form.application fieldset .field input").EvaluateAllAsync<string[]>("all => all.map(i => i.name)"));
        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Likely to leave" }));
        await requester.PressDecideAsync();
        Assert.Matches("clients like this one (was|were) lost", await page.Locator(".frequency").InnerTextAsync());
        await Assertions.Expect(page.Locator(".product-switch summary")).ToContainTextAsync("Client attrition");
    }

    [Fact]
    public async Task The_switch_closes_on_escape_and_the_keyboard_is_at_it_again()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.OpenAsync("/");
        await page.Locator(".product-switch summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".product-switch li a").First).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator(".product-switch ul")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".product-switch summary")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task The_switch_closes_when_something_else_is_touched_or_reached(Screen screen)
    {
        await using var requester = await browser.VisitAsync(screen);
        var page = requester.Page;
        await requester.OpenAsync("/");
        await page.Locator(".product-switch summary").ClickAsync();
        await Assertions.Expect(page.Locator(".product-switch ul")).ToBeVisibleAsync();
        await page.Locator(".foot").ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        await Assertions.Expect(page.Locator(".product-switch ul")).ToBeHiddenAsync();

        await page.Locator(".product-switch summary").ClickAsync();
        await page.Locator(".product-switch li a").Last.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".product-switch ul")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Days_before_the_application_can_be_typed_with_their_minus()
    {
        await using var requester = await browser.VisitAsync(Screen.Phone);
        await requester.OpenAsync("/apply/home-credit?example=0");
        Assert.Equal("text", await requester.Page.Locator("#DAYS_BIRTH").GetAttributeAsync("inputmode"));

        await requester.Page.Locator("#DAYS_BIRTH").FillAsync("-12 775");
        await requester.PressDecideAsync();

        Assert.Contains("-12,775", await requester.Page.Locator(".entered").InnerTextAsync());
    }
}
