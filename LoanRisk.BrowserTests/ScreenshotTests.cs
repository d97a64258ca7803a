using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>Makes the pictures of the README; only when asked, so that a test run leaves the checkout as it was.</summary>
public sealed class ScreenshotTests(BrowserFixture browser)
{
    private const string Variable = "LOANRISK_SCREENSHOTS";

    [Fact]
    public async Task The_pictures_of_the_readme_are_taken_from_the_running_site()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "write", $"Set {Variable}=write to write docs/images.");
        Assert.SkipWhen(Chromium.Absence is not null, Chromium.Absence ?? "");
        await using var site = new BrowserSite();
        await using var requester = await browser.VisitAsync(site: site);

        await requester.OpenAsync("/?example=1");
        await TakeAsync(requester, "apply.png", wholePage: true);
        await requester.PressDecideAsync();
        await TakeAsync(requester, "decision.png", wholePage: false);
    }

    private static async Task TakeAsync(Requester requester, string name, bool wholePage)
    {
        var picture = await requester.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Checkout.Folder, "docs", "images", name),
            FullPage = wholePage,
        });
        Assert.InRange(picture.Length, 10_000, 1_000_000);
    }
}
