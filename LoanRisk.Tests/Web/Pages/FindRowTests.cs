using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store.Decisions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class FindRowTests(FilledLookupSite filled) : IClassFixture<FilledLookupSite>
{
    private readonly Browser _browser = Open(filled.Site);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stored_row_fills_the_form_and_the_officer_decides_as_usual()
    {
        await _browser.GetAsync("/apply/attrition");
        await FindAsync(" Acme & Sons ");
        var page = await _browser.FollowAsync();

        Assert.Equal(["3", "700", "9"], Filled(page));
        Assert.Contains("stored under Corporation Acme & Sons (data version 1)", page.QuerySelector(".notice")!.TextContent);

        await _browser.SendAsync(("number_of_employees", "10"));
        await _browser.FollowAsync();
        var id = _browser.Answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
        var stored = await filled.Site.Service<DecisionStore>().FindAsync(id, Stop);
        Assert.Equal(["3", "700", "10"], stored!.Decision.Values);
        Assert.Equal((Origin.Form, null), (stored.Origin, stored.DataVersion));
    }

    [Theory]
    [InlineData("Nobody", HttpStatusCode.NotFound, "No stored row has this Corporation.")]
    [InlineData("<b>&", HttpStatusCode.NotFound, "No stored row has this Corporation.")]
    [InlineData("  ", HttpStatusCode.BadRequest, "Corporation: enter the one of a stored row.")]
    [InlineData("Zero", HttpStatusCode.BadRequest, "number_of_employees must be")]
    public async Task What_is_not_found_is_told_beside_the_field_and_nothing_is_lost(string id, HttpStatusCode status, string words)
    {
        await _browser.GetAsync("/apply/attrition");

        var page = await FindAsync(id, ("lastmonth_activity", "77"), ("lastyear_activity", "many"));

        Assert.Equal(status, _browser.Answer.StatusCode);
        var field = (IHtmlInputElement)page.GetElementById("find-row")!;
        Assert.Equal(("true", id.Trim()), (field.GetAttribute("aria-invalid"), field.Value));
        Assert.Contains("find-row-error", field.GetAttribute("aria-describedby")!.Split(' '));
        Assert.Contains(words, page.GetElementById("find-row-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["77", "many", ""], Filled(page));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_may_name_the_row()
    {
        Assert.Equal(["40", "900", "25"], Filled(await _browser.GetAsync("/apply/attrition?find=100002")));

        var page = await _browser.GetAsync("/apply/attrition?find=nobody");

        Assert.Equal(HttpStatusCode.NotFound, _browser.Answer.StatusCode);
        Assert.NotNull(page.GetElementById("find-row-error"));
    }

    [Fact]
    public async Task Only_products_whose_rows_have_an_id_show_the_search()
    {
        Assert.Equal(
            "Find by Corporation", (await _browser.GetAsync("/apply/attrition")).QuerySelector("label[for=find-row]")!.TextContent);
        Assert.Null((await _browser.GetAsync("/apply/peerloan?find=1")).GetElementById("find-row"));
        Assert.Equal(HttpStatusCode.OK, _browser.Answer.StatusCode);

        await _browser.GetAsync("/apply/attrition");
        await FindAsync("100002", address: "/apply/peerloan?handler=find");

        Assert.Equal(HttpStatusCode.NotFound, _browser.Answer.StatusCode);
    }

    [Fact]
    public async Task Without_data_the_page_says_so()
    {
        await using var empty = new LookupSite();
        var browser = Open(empty.Site);

        var page = await browser.GetAsync("/apply/attrition?find=100002");

        Assert.Equal(HttpStatusCode.NotFound, browser.Answer.StatusCode);
        Assert.Contains("has no stored rows yet", page.GetElementById("find-row-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_sent_from_elsewhere_is_refused()
    {
        await _browser.PostAsync("/apply/attrition?handler=find", new Dictionary<string, string> { ["__find"] = "100002" });

        Assert.Equal(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
    }

    private static Browser Open(LoanRiskSite site) =>
        new(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    private static IEnumerable<string> Filled(IDocument page) =>
        page.QuerySelectorAll<IHtmlInputElement>("form.application fieldset .field input").Select(field => field.Value);

    // With what the page's script adds: the fields of the application.
    private Task<IHtmlDocument> FindAsync(string id, params (string Name, string Text)[] typed) => FindAsync(id, null, typed);

    private Task<IHtmlDocument> FindAsync(string id, string? address, params (string Name, string Text)[] typed)
    {
        var form = _browser.Page.QuerySelector<IHtmlFormElement>("form.find")!;
        var fields = form.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        fields["__find"] = id;
        foreach (var (name, text) in typed)
        {
            fields[name] = text;
        }

        return _browser.PostAsync(address ?? form.GetAttribute("action")!, fields);
    }
}
