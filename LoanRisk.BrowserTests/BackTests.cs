using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer who goes back and forth between form and decision.</summary>
public sealed class BackTests(BrowserFixture browser)
{
    [Fact]
    public async Task Back_after_changing_and_scoring_again_leads_to_the_form_as_it_was_sent_and_then_to_the_first_decision()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.DecideAsync(1);
        var first = page.Url;
        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Change and score again" }));
        await page.FillAsync("#int_rate", "7.25");
        await page.SelectOptionAsync("#grade", "B");
        await requester.PressDecideAsync();
        var second = page.Url;
        await Assertions.Expect(page.Locator(".versions a")).ToHaveAttributeAsync("href", new Uri(first).AbsolutePath);

        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#int_rate")).ToHaveValueAsync("7.25");
        await Assertions.Expect(page.Locator("#grade")).ToHaveValueAsync("B");
        await page.GoBackAsync();
        Assert.Equal(first, page.Url);
        await Assertions.Expect(page.Locator(".versions a")).ToHaveAttributeAsync("href", new Uri(second).AbsolutePath);
    }

    [Fact]
    public async Task Back_to_a_form_that_was_refused_asks_for_no_second_sending_and_loses_nothing()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.DecideAsync(1);
        var first = page.Url;
        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Change and score again" }));
        await page.FillAsync("#annual_inc", "plenty");
        await requester.PressDecideAsync();
        await Assertions.Expect(page.Locator("#annual_inc-error")).ToBeVisibleAsync();
        await page.FillAsync("#annual_inc", "52000");
        await requester.PressDecideAsync();

        var posts = requester.Requests.Count(request => request.Method == "POST");
        var again = await page.GoBackAsync();
        Assert.Equal(200, again!.Status);
        await Assertions.Expect(page.Locator("#annual_inc")).ToHaveValueAsync("52000");
        Assert.Equal(posts, requester.Requests.Count(request => request.Method == "POST"));

        await requester.PressDecideAsync();
        await Assertions.Expect(page.Locator(".versions a")).ToHaveAttributeAsync("href", new Uri(first).AbsolutePath);
        Assert.Empty(requester.Complaints);
    }

    [Fact]
    public async Task Reloading_a_refused_form_asks_for_no_second_sending_and_keeps_what_was_typed()
    {
        await using var requester = await browser.VisitAsync();
        var page = requester.Page;
        await requester.OpenAsync("/apply/peerloan");
        await page.FillAsync("#loan_amnt", "777");
        await requester.PressDecideAsync();
        var again = await page.ReloadAsync();

        Assert.Equal("GET", again!.Request.Method);
        await Assertions.Expect(page.Locator("#loan_amnt")).ToHaveValueAsync("777");
        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Clear the form" }));
        await Assertions.Expect(page.Locator("#loan_amnt")).ToHaveValueAsync("");
    }
}
