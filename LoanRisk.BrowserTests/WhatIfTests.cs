using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer who tries other values on a decision.</summary>
public sealed class WhatIfTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_changed_value_moves_the_answer_in_place_and_nothing_is_stored(Screen screen)
    {
        await using var requester = await browser.VisitAsync(screen);
        var page = requester.Page;
        await requester.DecideAsync(0);
        await page.Locator(".what-if summary").ClickAsync();
        await page.Locator("#annual_inc").FillAsync("4,000");
        await page.Locator("#annual_inc").BlurAsync();

        await Assertions.Expect(page.Locator(".what-if-answer")).ToContainTextAsync("The yearly income is below the product's floor");
        await Assertions.Expect(page.Locator(".what-if-answer .decision-badge").Last).ToHaveTextAsync("Decline");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Approve");

        await page.Locator("#annual_inc").FillAsync("much");
        await page.Locator("#annual_inc").BlurAsync();
        await Assertions.Expect(page.Locator("#annual_inc-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#annual_inc")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Locator("#annual_inc").FillAsync("95,000");
        await page.Locator("#annual_inc").BlurAsync();
        await Assertions.Expect(page.Locator("#annual_inc-error")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".what-if-answer .decision-badge").Last).ToHaveTextAsync("Approve");
        Assert.Empty(requester.Complaints);
    }

    [Fact]
    public async Task By_keyboard_alone_a_value_is_tried()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.DecideAsync(0);
        await page.Locator(".what-if summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#loan_amnt")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("30000");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".what-if-answer")).ToContainTextAsync("$30,000");
        await Assertions.Expect(page.Locator("#loan_amnt")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_script_the_button_shows_the_answer()
    {
        await using var requester = await browser.VisitAsync(script: false);
        var page = requester.Page;
        await requester.DecideAsync(0);
        await page.Locator(".what-if summary").ClickAsync();
        await page.Locator("#annual_inc").FillAsync("4,000");
        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Show what would be decided" }));

        await Assertions.Expect(page.Locator(".what-if-answer .decision-badge").Last).ToHaveTextAsync("Decline");
        await Assertions.Expect(page.Locator("#annual_inc")).ToHaveValueAsync("4,000");
    }
}
