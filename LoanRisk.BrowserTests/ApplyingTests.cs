using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer at the form.</summary>
public sealed class ApplyingTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_form_is_filled_and_sent_with_the_keyboard_alone_with_and_without_script(bool script)
    {
        await using var requester = await browser.VisitAsync(script: script);
        var page = requester.Page;
        await requester.OpenAsync("/");
        await page.Locator("#loan_amnt").FocusAsync();

        await page.Keyboard.TypeAsync("15,000");
        await TabToAsync(page, "int_rate");
        await page.Keyboard.TypeAsync("13.5");
        await TabToAsync(page, "purpose");
        await page.Keyboard.TypeAsync("Home imp");
        await TabToAsync(page, "grade");
        await page.Keyboard.TypeAsync("C");
        await TabToAsync(page, "annual_inc");
        await page.Keyboard.TypeAsync("$52,000");
        await TabToAsync(page, "emp_length");
        await page.Keyboard.TypeAsync("4");
        await TabToAsync(page, "home_ownership");
        await page.Keyboard.TypeAsync("Rent");
        await TabToAsync(page, "dti");
        await page.Keyboard.TypeAsync("18.2");
        await TabToAsync(page, "revol_util");
        await TabToAsync(page, "delinq_2yrs");
        await page.Keyboard.TypeAsync("1");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/decisions/*");
        var entered = await page.Locator(".entered").InnerTextAsync();
        string[] expected =
        [
            "$15,000", "13.5\u00a0%", "Home improvement", "C", "$52,000", "4 years", "Rent", "18.2\u00a0%", "not given", "1",
        ];
        Assert.Equal(expected, await page.Locator(".entered dd").AllInnerTextsAsync());
        Assert.Contains("Interest rate", entered);
    }

    [Fact]
    public async Task After_mistakes_the_keyboard_is_at_the_summary_whose_links_lead_to_the_fields()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.OpenAsync("/?example=0");
        await page.Locator("#annual_inc").FillAsync("plenty");
        await requester.PressDecideAsync();

        await Assertions.Expect(page.Locator(".problem-summary")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Yearly income" }).ClickAsync();
        await Assertions.Expect(page.Locator("#annual_inc")).ToBeFocusedAsync();
        Assert.Equal("plenty", await page.InputValueAsync("#annual_inc"));
        Assert.Equal("6.08", await page.InputValueAsync("#int_rate"));

        await page.FillAsync("#annual_inc", "95000");
        await requester.PressDecideAsync();
        Assert.Contains("/decisions/", page.Url);
    }

    [Fact]
    public async Task An_example_button_fills_the_form_and_the_values_come_back_from_the_decision()
    {
        await using var requester = await browser.VisitAsync(script: false);
        var page = requester.Page;
        await requester.OpenAsync("/");
        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Likely late" }));
        Assert.Equal("26.77", await page.InputValueAsync("#int_rate"));
        await requester.PressDecideAsync();

        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Change and score again" }));
        Assert.Equal("26.77", await page.InputValueAsync("#int_rate"));
        Assert.Equal("small_business", await page.InputValueAsync("#purpose"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stored_row_is_found_with_the_keyboard_and_fills_the_form_with_and_without_script(bool script)
    {
        await using var requester = await browser.VisitAsync(script: script);
        await requester.OpenAsync("/apply/attrition");
        await requester.Page.Locator("#find-row").FocusAsync();
        await requester.Page.Keyboard.TypeAsync(BrowserSite.StoredClient);
        await requester.Page.Keyboard.PressAsync("Enter");
        await requester.Page.WaitForURLAsync("**/apply/attrition?find=*");

        Assert.Equal("700", await requester.Page.InputValueAsync("#lastyear_activity"));
        await requester.PressDecideAsync();
        Assert.Contains("/decisions/", requester.Page.Url);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_keeps_what_was_typed_and_leads_back_to_its_field()
    {
        await using var requester = await browser.VisitAsync();
        await requester.OpenAsync("/apply/attrition");
        await requester.Page.FillAsync("#number_of_employees", "about ten");
        await requester.FindRowAsync("nobody");

        await Assertions.Expect(requester.Page.Locator("#find-row-error")).ToContainTextAsync("No stored row has this Corporation");
        await Assertions.Expect(requester.Page.Locator("#find-row")).ToBeFocusedAsync();
        Assert.Equal(
            ("nobody", "about ten"),
            (await requester.Page.InputValueAsync("#find-row"), await requester.Page.InputValueAsync("#number_of_employees")));
        Assert.Empty(requester.Complaints);
    }

    [Fact]
    public async Task The_theme_switches_without_losing_what_was_typed_and_is_kept()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.OpenAsync("/");
        var light = await BackgroundAsync(page);
        await page.FillAsync("#loan_amnt", "777");
        await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync(), "**/theme");

        Assert.NotEqual(light, await BackgroundAsync(page));
        Assert.Equal("777", await page.InputValueAsync("#loan_amnt"));
        await requester.OpenAsync("/decisions");
        Assert.NotEqual(light, await BackgroundAsync(page));
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_chosen_without_script()
    {
        await using var requester = await browser.VisitAsync(dark: true, script: false);
        await using var plain = await browser.VisitAsync(script: false);
        await plain.OpenAsync("/");
        await requester.OpenAsync("/");
        var dark = await requester.Page.ScreenshotAsync();
        var light = await plain.Page.ScreenshotAsync();
        Assert.NotEqual(light, dark);

        await requester.FollowAsync(requester.Page.GetByRole(AriaRole.Button, new() { Name = "Light" }));
        Assert.Equal("true", await requester.Page.GetByRole(AriaRole.Button, new() { Name = "Light" }).GetAttributeAsync("aria-pressed"));
        Assert.NotEqual(dark, await requester.Page.ScreenshotAsync());
    }

    private static async Task TabToAsync(IPage page, string field)
    {
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator($"#{field}")).ToBeFocusedAsync();
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
