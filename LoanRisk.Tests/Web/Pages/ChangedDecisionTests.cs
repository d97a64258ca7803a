using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace LoanRisk.Tests.Web.Pages;

/// <summary>A decision whose values were changed and scored again, and the one it came from.</summary>
public sealed class ChangedDecisionTests(TrialSite site) : IClassFixture<TrialSite>
{
    [Fact]
    public async Task Both_lead_to_each_other()
    {
        var browser = site.Open();
        var first = await browser.DecideAsync(1);
        Assert.Null(browser.Page.QuerySelector(".versions"));
        var second = await ChangeAsync(browser, first, ("int_rate", "7"));

        var back = browser.Page.QuerySelector(".versions a")!;
        Assert.Equal($"/decisions/{first}", back.GetAttribute("href"));
        Assert.StartsWith("Values of an earlier decision were changed", back.ParentElement!.TextContent);
        Assert.Matches(@"\d\d:\d\d UTC$", back.ParentElement.TextContent.Trim());

        var third = await ChangeAsync(browser, first);
        var page = await browser.GetAsync($"/decisions/{first}");
        Assert.Equal(
            [$"/decisions/{third}", $"/decisions/{second}"], page.QuerySelectorAll(".versions a").Select(a => a.GetAttribute("href")));
        Assert.All(page.QuerySelectorAll(".versions li"), line => Assert.StartsWith("Changed and scored again", line.TextContent));
    }

    [Fact]
    public async Task A_refused_form_still_knows_the_decision_it_came_from_and_the_address_that_shows_it_again()
    {
        var browser = site.Open();
        var first = await browser.DecideAsync(0);
        await browser.GetAsync($"/apply/peerloan?from={first}");
        Assert.Equal("", Form(browser).GetAttribute("data-again"));
        await browser.SendAsync(("annual_inc", "plenty"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Equal($"/apply/peerloan?from={first}", Form(browser).GetAttribute("data-again"));
        await browser.SendAsync(("annual_inc", "52000"));
        await browser.FollowAsync();
        Assert.Equal($"/decisions/{first}", browser.Page.QuerySelector(".versions a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("0000000000000000000000000000dead")]
    [InlineData("' OR 1=1")]
    public async Task A_decision_that_is_not_there_is_no_origin_and_no_reason_to_refuse(string id)
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        await browser.SendAsync(("__from", id));
        await browser.FollowAsync();

        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
        Assert.Null(browser.Page.QuerySelector(".versions"));
    }

    private static async Task<string> ChangeAsync(Browser browser, string id, params (string, string)[] typed)
    {
        await browser.GetAsync($"/apply/peerloan?from={id}");
        await browser.SendAsync(typed);
        await browser.FollowAsync();
        return browser.Answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    private static IHtmlFormElement Form(Browser browser) => browser.Page.QuerySelector<IHtmlFormElement>("form.application")!;
}
