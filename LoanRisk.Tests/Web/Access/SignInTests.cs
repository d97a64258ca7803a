using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Access;

/// <summary>How people get in, stay in, and are kept out.</summary>
[Slow]
public sealed class SignInTests : IAsyncDisposable
{
    private readonly LoanRiskSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Who_knows_name_and_password_comes_to_the_page_that_was_asked_for()
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();
        await browser.GetAsync("/decisions?id=abc");
        await browser.FollowAsync();

        await SignInAsync(browser, "ada", PeopleAccounts.Password);
        var page = await browser.FollowAsync();

        Assert.Equal("/decisions?id=abc", browser.Answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("ada", page.QuerySelector(".who a")!.TextContent);
        Assert.Equal([ActKind.SignIn], Acts().Select(act => act.Kind));
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", PeopleAccounts.Password)]
    [InlineData("", "")]
    public async Task Whoever_does_not_is_told_no_more_than_that(string name, string password)
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();
        await browser.GetAsync("/sign-in");

        var page = await SignInAsync(browser, name, password);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.StartsWith("Name or password is wrong, or the account is", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.DoesNotContain(
            browser.Answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith("loanrisk=", StringComparison.Ordinal));
        Assert.Equal((ActKind.SignInRefused, "wrong name or password"), (Acts()[0].Kind, Acts()[0].Reason));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();
        await browser.GetAsync("/sign-in");
        for (var i = 0; i < 5; i++)
        {
            await SignInAsync(browser, "ada", "wrong");
        }

        await SignInAsync(browser, "ada", PeopleAccounts.Password);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Equal("locked", Acts()[0].Reason);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_no_other_site(string address)
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();
        await browser.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(address)}");
        await SignInAsync(browser, "ada", PeopleAccounts.Password, ("returnUrl", address));

        Assert.Equal("/", browser.Answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_signs_nobody_in()
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();

        await browser.PostAsync("/sign-in", [new("name", "ada"), new("password", PeopleAccounts.Password)]);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_or_comes_from_another_site_is_worth_nothing()
    {
        await using var other = new LoanRiskSite();
        var good = await SiteAccess.CookieAsync(_site.Services, "ada", Roles.Officer);
        foreach (var cookie in new[]
        {
            await SiteAccess.CookieAsync(other.Services, "ada", Roles.Officer), good[..^3] + "AAA", "loanrisk=x", "loanrisk=",
        })
        {
            Assert.Equal(HttpStatusCode.Redirect, await AskAsync(cookie));
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(good));
    }

    [Fact]
    public async Task Signing_out_ends_it_in_this_browser()
    {
        await AddAsync("ada", Roles.Officer);
        var browser = Open();
        await browser.GetAsync("/sign-in");
        await SignInAsync(browser, "ada", PeopleAccounts.Password);
        await browser.FollowAsync();

        await SendAsync(browser, "form.who");
        await browser.GetAsync("/decisions");

        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
        Assert.Equal(ActKind.SignOut, Acts()[0].Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_disabled_or_signed_out_everywhere_is_out_within_seconds(bool disabled)
    {
        await AddAsync("ada", Roles.Officer);
        var cookie = await SiteAccess.CookieAsync(_site.Services, "ada", Roles.Officer);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(cookie));

        await PeopleAsync(async people =>
        {
            var ada = (await people.FindByNameAsync("ada"))!;
            ada.IsDisabled = disabled;
            return await people.UpdateSecurityStampAsync(ada);
        });

        var until = DateTime.UtcNow.AddSeconds(30); // long, for a busy machine
        while (await AskAsync(cookie) == HttpStatusCode.OK)
        {
            Assert.True(DateTime.UtcNow < until, "still signed in");
            await Task.Delay(200, Stop);
        }
    }

    [Fact]
    public async Task A_disabled_person_cannot_sign_in_with_the_right_password()
    {
        await AddAsync("ada", Roles.Officer);
        await PeopleAsync(async people =>
        {
            var ada = (await people.FindByNameAsync("ada"))!;
            ada.IsDisabled = true;
            return await people.UpdateAsync(ada);
        });
        var browser = Open();
        await browser.GetAsync("/sign-in");
        await SignInAsync(browser, "ada", PeopleAccounts.Password);

        Assert.Equal((HttpStatusCode.BadRequest, "disabled"), (browser.Answer.StatusCode, Acts()[0].Reason));
    }

    [Fact]
    public async Task In_Production_there_are_no_demo_people_and_a_cookie_of_one_is_worth_nothing()
    {
        var browser = Open();
        var page = await browser.GetAsync("/sign-in");
        Assert.Null(page.QuerySelector("form.demo"));
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

        await browser.PostAsync("/sign-in?handler=Demo", [new("__RequestVerificationToken", token), new("role", Roles.Admin)]);

        Assert.Equal(HttpStatusCode.Forbidden, browser.Answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync(SiteAccess.CookieOf(_site.Services, Caller.DemoPerson(Roles.Officer))));
    }

    [Fact]
    public async Task Somebody_without_the_role_reads_why_and_finds_a_way_on()
    {
        using var client = _site.CreateStranger();
        client.DefaultRequestHeaders.Add("Cookie", await SiteAccess.CookieAsync(_site.Services, "carl", Roles.Analyst));
        var browser = new Browser(client);

        var page = await browser.GetAsync("/admin/people");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Answer.StatusCode);
        Assert.Equal("You may not do this", page.QuerySelector("h1")!.TextContent);

        await browser.GetAsync("/");
        Assert.Equal("/decisions", browser.Answer.Headers.Location!.OriginalString);
        page = await browser.FollowAsync();
        Assert.Equal(
            ["Decisions", "Models", "Drift", "API docs"], page.QuerySelectorAll("nav[aria-label=Main] a").Select(link => link.TextContent));
    }

    [Fact]
    public async Task Too_many_tries_from_one_address_are_refused()
    {
        var browser = Open();
        await browser.GetAsync("/sign-in");
        for (var i = 0; i < 40 && browser.Answer.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            await browser.PostAsync("/sign-in", [new("name", $"name{i}"), new("password", "x")]);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Answer.StatusCode);
        Assert.NotNull(browser.Answer.Headers.RetryAfter);
    }

    private Browser Open() => new(_site.CreateStranger());

    private IReadOnlyList<Act> Acts() => _site.Service<Acts>().Newest(10);

    private static Task<IHtmlDocument> SignInAsync(
        Browser browser, string name, string password, params (string Name, string Text)[] more) =>
        SendAsync(browser, "form.plain-form", [("name", name), ("password", password), .. more]);

    private static Task<IHtmlDocument> SendAsync(Browser browser, string selector, params (string Name, string Text)[] typed)
    {
        var form = browser.Page.QuerySelector<IHtmlFormElement>(selector)!;
        var fields = form.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, text) in typed)
        {
            fields[name] = text;
        }

        return browser.PostAsync(form.GetAttribute("action") ?? "/sign-in", fields);
    }

    private async Task<HttpStatusCode> AskAsync(string cookie)
    {
        using var client = _site.CreateStranger();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await client.GetAsync("/decisions", Stop);
        return answer.StatusCode;
    }

    private Task AddAsync(string name, params string[] roles) => PeopleAsync(async people =>
    {
        var person = new Person { UserName = name, AddedAt = DateTimeOffset.UtcNow, AddedBy = "test" };
        Assert.True((await people.CreateAsync(person, PeopleAccounts.Password)).Succeeded);
        return await people.AddToRolesAsync(person, roles);
    });

    private async Task PeopleAsync(Func<UserManager<Person>, Task<IdentityResult>> use)
    {
        await using var scope = _site.Services.CreateAsyncScope();
        Assert.True((await use(scope.ServiceProvider.GetRequiredService<UserManager<Person>>())).Succeeded);
    }
}
