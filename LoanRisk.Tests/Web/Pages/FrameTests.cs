using System.Net;
using AngleSharp.Dom;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Pages.Frame;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class FrameTests
{
    internal const string YachtLoan = """
        {
          "id": "yachtloan", "name": "YachtLoan", "description": "A loan for a boat.", "schemaVersion": "1", "currency": "EUR",
          "target": { "column": "late", "bad": "1", "good": "0", "meaning": "90 days late", "noun": "late", "horizon": "within a year" },
          "groups": [ { "id": "boat", "label": "The boat" } ],
          "features": [
            { "name": "price", "label": "Price", "help": "Of the boat.", "group": "boat", "kind": "numeric", "unit": "money",
              "allowed": { "min": 1, "max": 1000000 },
              "seen": { "min": 1000, "max": 900000 }, "example": "50000", "reason": "a price like this raises the risk",
                "inFavour": "a price like this lowers the risk", "changeable": true },
            { "name": "sails", "label": "Sails", "help": "Whether it has any.", "group": "boat", "kind": "nominal",
              "levels": [ { "value": "yes", "label": "Yes" }, { "value": "no", "label": "No" } ],
                "reason": "boats of this kind carry more risk", "inFavour": "boats of this kind carry less risk", "changeable": false }
          ],
          "fairnessAttributes": [], "examples": [],
          "policy": { "version": "1", "approveBelow": 0.3, "declineFrom": 0.6, "baseline": "the average boat", "costs": { "badApproved": 10,
            "goodRefused": 1 }, "knockOuts": [] }
        }
        """;

    [Fact]
    public async Task One_product_needs_no_switch()
    {
        using var site = new TrialSite();
        var page = await site.Open().GetAsync("/");
        Assert.Null(page.QuerySelector(".product-switch"));
        Assert.Equal("page", page.QuerySelector("nav a[href='/apply/peerloan']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task More_products_are_switched_in_the_top_bar_and_each_has_its_own_form()
    {
        using var site = new TwoProducts();
        var page = await site.Open().GetAsync("/apply/yachtloan");
        Assert.Equal(
            ["/apply/peerloan", "/apply/yachtloan"], page.QuerySelectorAll(".product-switch a").Select(a => a.GetAttribute("href")));
        Assert.Equal("€", page.GetElementById("price-unit")!.TextContent);
        Assert.Null(page.QuerySelector(".examples"));
        Assert.Contains("90 days late", page.QuerySelector("aside")!.TextContent);
        Assert.Empty(page.QuerySelectorAll(".product-switch .state"));
    }

    [Fact]
    public async Task A_product_without_a_model_is_marked_in_the_switch_and_can_be_left_again()
    {
        using var site = new TwoProductsWithoutModels();
        var page = await site.Open().GetAsync("/apply/yachtloan");

        Assert.Equal(["no model yet", "no model yet"], page.QuerySelectorAll(".product-switch .state").Select(s => s.TextContent));
        Assert.Contains("the loan will be 90 days late within a year", page.QuerySelector("main")!.TextContent);
        Assert.Contains("one row a loan", page.QuerySelector("main ol")!.TextContent);
    }

    [Fact]
    public async Task Every_link_of_the_frame_leads_to_a_page()
    {
        using var site = new TrialSite();
        var client = site.CreateClient();
        var page = await site.Open().GetAsync("/decisions");
        foreach (var link in page.QuerySelectorAll("header a, footer a, head link, head script[src]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")))
        {
            if (!link!.StartsWith('#'))
            {
                using var answer = await client.GetAsync(link);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{link} answers {answer.StatusCode}");
                Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
            }
        }
    }

    [Fact]
    public async Task The_foot_names_model_and_build()
    {
        using var site = new TrialSite();
        var page = await site.Open().GetAsync("/");
        Assert.Matches("PeerLoan model [0-9a-f]{12}, trained 20 Nov 2026", page.QuerySelector("footer")!.TextContent);
        Assert.Contains($"LoanRisk {BuildVersion.Text}", page.QuerySelector("footer")!.TextContent);
    }

    [Fact]
    public async Task The_chosen_theme_is_kept_and_leads_back_to_the_page()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        var page = await browser.GetAsync("/decisions?id=ab");
        Assert.Equal("system", page.DocumentElement.GetAttribute("data-theme"));

        await browser.PostAsync("/theme", ThemeFields(page, "dark"));
        Assert.Equal("/decisions?id=ab", browser.Answer.Headers.Location!.ToString());
        page = await browser.FollowAsync();
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-theme"));
        Assert.Equal("dark", page.QuerySelector(".theme-switch [aria-pressed=true]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_theme_leads_to_no_other_site_and_takes_no_other_value()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        var page = await browser.GetAsync("/");
        var fields = ThemeFields(page, "dark");
        fields["returnUrl"] = "https://example.org/";
        await browser.PostAsync("/theme", fields);
        Assert.Equal("/", browser.Answer.Headers.Location!.ToString());

        await browser.PostAsync("/theme", ThemeFields(page, "\"><script>"));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
    }

    [Theory]
    [InlineData("0.1.0+6dcc2b2793e1acdcb49ca15a4b446787c631d42b", "0.1.0 (6dcc2b2)")]
    [InlineData("0.1.0+abc", "0.1.0 (abc)")]
    [InlineData("0.1.0", "0.1.0")]
    public void A_build_is_named_by_version_and_the_start_of_its_commit(string informational, string expected) =>
        Assert.Equal(expected, BuildVersion.Shorten(informational));

    private static Dictionary<string, string> ThemeFields(IDocument page, string theme)
    {
        var fields = page.QuerySelectorAll(".theme-switch input").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
        fields["theme"] = theme;
        return fields;
    }

    private sealed class TwoProductsWithoutModels() : TrialSite(withChampion: false, YachtLoan);

    private sealed class TwoProducts() : TrialSite(withChampion: true, YachtLoan);
}
