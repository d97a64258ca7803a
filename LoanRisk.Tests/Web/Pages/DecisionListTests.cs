using AngleSharp.Dom;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class DecisionListTests
{
    [Fact]
    public async Task An_empty_list_says_what_will_be_here_and_offers_the_first_step()
    {
        using var site = new TrialSite();
        var page = await site.Open().GetAsync("/decisions");
        Assert.Equal("No decisions yet", page.QuerySelector(".empty h2")!.TextContent);
        Assert.Equal("/apply/peerloan", page.QuerySelector(".empty .btn-primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_empty_list_of_a_site_without_models_leads_to_what_to_do_and_not_to_a_form_that_is_not_there()
    {
        using var site = new ErrorPageTests.NoChampion();
        var page = await site.Open().GetAsync("/decisions");

        Assert.Contains("No product has a model yet", page.QuerySelector(".empty")!.TextContent);
        Assert.Equal(["/", "/models"], page.QuerySelectorAll(".empty a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Decisions_are_listed_newest_first_a_page_at_a_time_without_loss()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        List<string> made = [];
        for (var i = 0; i < 27; i++)
        {
            made.Add(await browser.DecideAsync(i % 2));
        }

        var page = await browser.GetAsync("/decisions");
        List<string> listed = [.. Ids(page)];
        Assert.Equal(25, listed.Count);
        page = await browser.GetAsync(page.QuerySelector(".paging a[rel=next]")!.GetAttribute("href")!);
        listed.AddRange(Ids(page));

        Assert.Equal(Enumerable.Reverse(made), listed);
        Assert.Null(page.QuerySelector(".paging a[rel=next]"));
        Assert.Equal("/decisions", page.QuerySelector(".paging a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_search_keeps_decisions_whose_id_starts_so()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        var first = await browser.DecideAsync(0);
        await browser.DecideAsync(1);

        Assert.Equal([first], Ids(await browser.GetAsync($"/decisions?id=%20{first[..10].ToUpperInvariant()}")));

        var page = await browser.GetAsync("/decisions?id=%3Cb%3Ezzz%25");
        Assert.Contains("“<b>zzz%”", page.QuerySelector(".empty h2")!.TextContent);
        Assert.Equal("<b>zzz%", page.GetElementById("id")!.GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("b"));
    }

    [Fact]
    public async Task The_search_finds_a_decision_by_the_reference_that_the_officer_typed()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        var id = await browser.DecideAsync(0, ("__reference", "  Loan <4711>  "));
        var reference = browser.Page.QuerySelector(".reference a")!;
        await browser.DecideAsync(1);

        Assert.Equal("Loan <4711>", reference.TextContent);
        var page = await browser.GetAsync(reference.GetAttribute("href")!);
        Assert.Equal([id], Ids(page));
        Assert.Equal("Loan <4711>", page.QuerySelector(".decisions .reference")!.TextContent);

        page = await browser.GetAsync($"/apply/peerloan?from={id}");
        Assert.Equal("Loan <4711>", page.GetElementById("own-reference")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_reference_that_is_too_long_is_told_beside_its_field_and_nothing_is_lost()
    {
        using var site = new TrialSite();
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        var page = await browser.SendAsync(("__reference", new string('x', 101)), ("dti", "12"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Contains("1 to 100 characters", page.QuerySelector(".own-number .problem")!.TextContent);
        Assert.StartsWith("Error: ", page.Title);
        Assert.Equal("12", page.GetElementById("dti")!.GetAttribute("value"));
        Assert.Equal(new string('x', 101), page.GetElementById("own-reference")!.GetAttribute("value"));
    }

    private static IEnumerable<string> Ids(IDocument page) =>
        page.QuerySelectorAll(".decisions tbody a").Select(a => a.GetAttribute("href")!.Split('/')[^1]);
}
