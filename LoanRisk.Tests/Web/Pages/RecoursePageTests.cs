using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store.Decisions;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class RecoursePageTests(TrialSite site) : IClassFixture<TrialSite>
{
    [Fact]
    public async Task A_decline_says_what_would_change_it_in_the_products_words()
    {
        var browser = site.Open();
        await browser.DecideAsync(0, ("annual_inc", "4,000"));

        var section = browser.Page.QuerySelector(".recourse")!;
        Assert.Equal("What would change this", section.QuerySelector("h2")!.TextContent);
        Assert.EndsWith("in place of Decline", section.QuerySelector("h3")!.TextContent);
        Assert.Matches(
            @"^Yearly income \$[0-9,]+ instead of \$4,000 \(\$[0-9,]+ more\)$", section.QuerySelector(".smallest li")!.TextContent);
        Assert.Matches("With this value the model would decide (Refer|Approve) at [0-9.]+\u00a0%.", Words(section));
        Assert.Contains("no promise", section.TextContent);
    }

    [Fact]
    public async Task A_rule_that_nothing_takes_away_is_named()
    {
        var browser = site.Open();
        await browser.DecideAsync(0, ("delinq_2yrs", "13"));

        var section = browser.Page.QuerySelector(".recourse")!;
        Assert.Contains("every one was ruled out", section.TextContent);
        Assert.Contains("What stands in the way: More than 12 late payments in the last two years.", section.TextContent);
        Assert.DoesNotContain("promise", section.TextContent);
        Assert.Single(section.QuerySelectorAll("h3")); // where nothing leads to a referral nothing leads to an approval
    }

    [Fact]
    public async Task An_approval_needs_no_change_and_other_values_can_be_tried_all_the_same()
    {
        var browser = site.Open();
        await browser.DecideAsync(0);
        Assert.Equal("Approve", browser.Page.QuerySelector("h1")!.TextContent);

        Assert.Null(browser.Page.QuerySelector(".recourse"));
        Assert.False(browser.Page.QuerySelector("details.what-if")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Other_values_are_decided_beside_the_stored_ones_and_nothing_is_stored()
    {
        var browser = site.Open();
        var id = await browser.DecideAsync(0);
        var stored = browser.Page.QuerySelector(".percent")!.TextContent;
        var before = await Newest();

        await TryAsync(browser, id, ("annual_inc", "4,000"), ("int_rate", "6.5"));

        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
        Assert.True(browser.Page.QuerySelector("details.what-if")!.HasAttribute("open"));
        var lines = browser.Page.QuerySelectorAll(".what-if-answer tbody > tr")
            .ToDictionary(line => line.QuerySelector("th")!.TextContent, line => line.QuerySelectorAll("td").Select(Words).ToArray());
        Assert.Equal(["$95,000", "$4,000"], lines["Yearly income"]);
        Assert.Equal(["6.08\u00a0%", "6.5\u00a0%"], lines["Interest rate"]);
        Assert.Equal(["Approve", "Decline"], lines["Decision"]);
        Assert.Equal(stored, lines["Probability"][0]);
        Assert.Contains("The yearly income is below the product's floor of $6,000.", lines["Reasons"][1]);
        Assert.Equal("4,000", ((IHtmlInputElement)browser.Page.GetElementById("annual_inc")!).Value);
        Assert.Equal(before, await Newest());
        Assert.True(browser.Answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Wrong_values_are_told_at_their_fields()
    {
        var browser = site.Open();
        var id = await browser.DecideAsync(0);

        await TryAsync(browser, id, ("annual_inc", "much"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.NotNull(browser.Page.QuerySelector("#annual_inc-error"));
        Assert.Equal("#annual_inc", browser.Page.QuerySelector(".problem-summary a")!.GetAttribute("href"));
        Assert.Empty(browser.Page.QuerySelectorAll(".what-if-answer table"));
    }

    [Fact]
    public async Task A_try_without_the_pages_token_is_refused_and_one_of_an_unknown_decision_leads_back()
    {
        var browser = site.Open();
        var id = await browser.DecideAsync(0);
        var token = Fields(browser);

        await browser.PostAsync($"/decisions/{id}", [KeyValuePair.Create("annual_inc", "1")]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        await browser.PostAsync("/decisions/nobody", token);
        Assert.Equal(HttpStatusCode.NotFound, browser.Answer.StatusCode);
    }

    private static Task<IHtmlDocument> TryAsync(Browser browser, string id, params (string Name, string Text)[] typed)
    {
        var fields = Fields(browser);
        foreach (var (name, text) in typed)
        {
            fields[name] = text;
        }

        Assert.StartsWith($"/decisions/{id}", browser.Page.QuerySelector(".what-if form")!.GetAttribute("action"));
        return browser.PostAsync($"/decisions/{id}", fields);
    }

    private static Dictionary<string, string> Fields(Browser browser) => browser.Page
        .QuerySelector<IHtmlFormElement>(".what-if form")!.Elements
        .OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value))
        .Concat(browser.Page.QuerySelectorAll<IHtmlSelectElement>(".what-if form select").Select(s => (s.Name!, s.Value ?? "")))
        .ToDictionary(field => field.Item1, field => field.Item2);

    private async Task<string> Newest() => (await site.Services.GetRequiredService<DecisionStore>()
        .NewestAsync(1, null, null, TestContext.Current.CancellationToken))[0].Id;

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
