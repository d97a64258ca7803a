using LoanRisk.Tests.Loans;
using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>Somebody who is responsible for the models, at a browser.</summary>
public sealed class ModelTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(Screen.Desktop, true)]
    [InlineData(Screen.Phone, false)]
    public async Task A_model_is_promoted_with_a_reason_and_rolled_back_with_and_without_script(Screen screen, bool script)
    {
        Assert.SkipWhen(Chromium.Absence is not null, Chromium.Absence ?? "");
        await using var site = new BrowserSite();
        var candidate = site.AddCandidate("peerloan")[..12];
        await using var requester = await browser.VisitAsync(screen, script: script, site: site);
        var page = requester.Page;
        await requester.OpenModelAsync("peerloan", "candidate");

        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Promote if it passes" }));
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("does not let this model through");
        await page.GetByRole(AriaRole.Button, new() { Name = "Promote against the gate" }).ClickAsync();
        Assert.DoesNotContain("serves PeerLoan now", await page.InnerTextAsync("main")); // the browser asks for the reason first
        await page.FillAsync("#reason", "a test of the page");
        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Promote against the gate" }));
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync($"Model {candidate} serves PeerLoan now");

        await requester.OpenAsync("/models");
        await Assertions.Expect(page.Locator("#product-peerloan + .lead-in code")).ToHaveTextAsync(candidate);
        await requester.FollowAsync(page.GetByRole(AriaRole.Button, new() { Name = "Roll back to" }));
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("serves PeerLoan again");
        await Assertions.Expect(page.Locator("#product-peerloan + .lead-in code")).Not.ToHaveTextAsync(candidate);
        Assert.Empty(requester.Complaints);
    }
}
