using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class DecisionPageTests(TrialSite site) : IClassFixture<TrialSite>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_answer_names_decision_probability_reasons_and_model(int example)
    {
        var browser = site.Open();
        var id = await browser.DecideAsync(example);
        var page = browser.Page;

        Assert.Contains(page.QuerySelector("h1")!.TextContent, new[] { "Approve", "Refer", "Decline" });
        Assert.Matches("^[0-9.]+\u00a0%$", page.QuerySelector(".probability .percent")!.TextContent);
        Assert.Contains("loans like this one", page.QuerySelector(".probability .frequency")!.TextContent);
        Assert.Contains("16 to 120 days late within the next quarter", page.QuerySelector(".probability")!.TextContent);
        Assert.NotEmpty(page.QuerySelectorAll(".reason-chart rect.bar"));
        Assert.Equal(3, page.QuerySelectorAll(".band-bar .band").Length);
        Assert.Contains("20 Nov 2026", page.QuerySelector(".provenance")!.TextContent);
        Assert.Contains(id, page.QuerySelector(".lead-in")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("[style]"));
        Assert.True(browser.Answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_late_example_is_riskier_than_the_one_on_time()
    {
        var browser = site.Open();
        await browser.DecideAsync(0);
        var onTime = Marker(browser.Page);
        await browser.DecideAsync(1);
        Assert.True(Marker(browser.Page) > onTime);
    }

    [Fact]
    public async Task What_was_entered_stands_in_the_products_words()
    {
        var browser = site.Open();
        await browser.DecideAsync(1, ("int_rate", "26.775"), ("emp_length", ""));

        var entered = browser.Page.QuerySelectorAll(".entered dl > div").ToDictionary(
            d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent);
        Assert.Equal(PeerLoan.Product.Features.Select(f => f.Label).Order(), entered.Keys.Order());
        Assert.Equal("$24,000", entered["Loan amount"]);
        Assert.Equal("26.775\u00a0%", entered["Interest rate"]);
        Assert.Equal("Small business", entered["Purpose"]);
        Assert.Equal("not given", entered["Time in employment"]);
    }

    [Fact]
    public async Task Every_reason_is_told_in_the_products_words()
    {
        var browser = site.Open();
        await browser.DecideAsync(1);

        var told = browser.Page.QuerySelectorAll(".reason-list li").Select(li => li.TextContent).ToList();
        Assert.Equal(browser.Page.QuerySelectorAll(".reason-chart tbody th").Select(th => th.TextContent), told);
        Assert.Contains(
            told, reason => PeerLoan.Product.Features.Any(feature => reason.EndsWith(feature.Reason, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_knock_out_rule_is_shown_plainly_with_what_the_probability_alone_would_mean()
    {
        var browser = site.Open();
        await browser.DecideAsync(0, ("annual_inc", "4,000"));

        var verdict = browser.Page.QuerySelector(".verdict")!;
        Assert.Equal("Decline", verdict.QuerySelector("h1")!.TextContent);
        Assert.Contains(PeerLoan.Product.Policy.KnockOuts[0].Reason, verdict.QuerySelectorAll("li").Select(li => li.TextContent));
        var held = browser.Page.QuerySelector(".band.holding text")!.TextContent;
        Assert.Contains($"By the probability alone it would {(held == "Decline" ? "also " : "")}be {held}.", verdict.TextContent);
    }

    [Fact]
    public async Task Unusual_values_are_warned_about_and_usual_ones_are_not()
    {
        var browser = site.Open();
        await browser.DecideAsync(0);
        Assert.Null(browser.Page.QuerySelector(".warnings"));

        await browser.DecideAsync(0, ("dti", "42"));
        Assert.Contains("above the highest in training", browser.Page.QuerySelector(".warnings li")!.TextContent);
    }

    [Fact]
    public async Task Change_and_score_again_fills_the_form_with_the_same_values()
    {
        var browser = site.Open();
        await browser.DecideAsync(1, ("int_rate", "12.34"), ("revol_util", ""));
        var percent = browser.Page.QuerySelector(".percent")!.TextContent;

        var form = await browser.GetAsync(browser.Page.QuerySelector(".actions .btn-primary")!.GetAttribute("href")!);
        Assert.Equal("12.34", ((IHtmlInputElement)form.GetElementById("int_rate")!).Value);
        Assert.Equal("", ((IHtmlInputElement)form.GetElementById("revol_util")!).Value);
        Assert.Equal("small_business", ((IHtmlSelectElement)form.GetElementById("purpose")!).Value);

        await browser.SendAsync();
        await browser.FollowAsync();
        Assert.Equal(percent, browser.Page.QuerySelector(".percent")!.TextContent);
    }

    [Theory]
    [InlineData("/decisions/0000000000000000000000000000dead")]
    [InlineData("/decisions/nonsense")]
    [InlineData("/decisions/%27%20OR%201=1")]
    [InlineData("/apply/peerloan?from=0000000000000000000000000000dead")]
    public async Task An_unknown_id_is_answered_with_a_page_that_leads_back(string address)
    {
        var browser = site.Open();
        var page = await browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, browser.Answer.StatusCode);
        Assert.Matches("trace id [0-9a-f]{32}", page.QuerySelector("main")!.TextContent);
        Assert.Contains(page.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/decisions");
    }

    private static double Marker(IHtmlDocument page) =>
        double.Parse(
            page.QuerySelector(".marker-place")!.GetAttribute("x")!.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
