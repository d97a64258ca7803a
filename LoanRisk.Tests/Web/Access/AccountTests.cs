using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Pages;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Tests.Web.Access;

/// <summary>What people do with their own accounts, and admins with those of others and with keys.</summary>
[Slow]
public sealed class AccountTests : IAsyncDisposable
{
    private const string Next = "another-vexed-orchid-31";

    private readonly LoanRiskSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_password_is_changed_by_whoever_knows_the_present_one()
    {
        var ada = await SignedInAsync();
        await ada.GetAsync("/account");

        await SendAsync(ada, "Password", ("present", "wrong"), ("password", Next));
        Assert.Equal(HttpStatusCode.BadRequest, ada.Answer.StatusCode);
        Assert.StartsWith("The present password is wrong", ada.Page.QuerySelector("[role=alert]")!.TextContent);

        await SendAsync(ada, "Password", ("present", PeopleAccounts.Password), ("password", "password1234"));
        Assert.Equal(HttpStatusCode.BadRequest, ada.Answer.StatusCode);

        await SendAsync(ada, "Password", ("present", PeopleAccounts.Password), ("password", Next));
        await ada.FollowAsync();
        Assert.StartsWith("The password is changed", ada.Page.QuerySelector(".notice")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.BadRequest, (await TryAsync(PeopleAccounts.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await TryAsync(Next)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_other_browser_within_seconds()
    {
        var (here, there) = (await SignedInAsync(), await SignedInAsync());
        await here.GetAsync("/account");
        await SendAsync(here, "SignOutEverywhere");
        Assert.Equal("/sign-in", here.Answer.Headers.Location!.OriginalString);

        var until = DateTime.UtcNow.AddSeconds(30); // long, for a busy machine
        await there.GetAsync("/decisions");
        while (there.Answer.StatusCode == HttpStatusCode.OK)
        {
            Assert.True(DateTime.UtcNow < until, "still signed in");
            await Task.Delay(200, Stop);
            await there.GetAsync("/decisions");
        }
    }

    [Fact]
    public async Task An_admin_gives_roles_and_disables_but_not_oneself()
    {
        var root = await SignedInAsync(Roles.Admin);
        await AddAsync("bob", Roles.Officer);
        var people = _site.Service<PeopleStore>();
        string IdOf(string name) => people.All().Single(person => person.Name == name).Id;

        await root.GetAsync("/admin/people");
        await SendAsync(root, "Roles", ("id", IdOf("bob")), ("roles", Roles.Auditor));
        Assert.Equal([Roles.Auditor], people.All().Single(person => person.Name == "bob").Roles);

        await root.GetAsync("/admin/people");
        await SendAsync(root, "Disable", ("id", IdOf("bob")));
        Assert.True(people.All().Single(person => person.Name == "bob").IsDisabled);

        foreach (var (handler, more) in new[] { ("Disable", ("x", "x")), ("Roles", ("roles", Roles.Officer)) })
        {
            await root.GetAsync("/admin/people");
            await SendAsync(root, handler, ("id", IdOf("ada")), more);
            Assert.Equal(HttpStatusCode.BadRequest, root.Answer.StatusCode);
        }

        Assert.Equal([Roles.Admin], people.All().Single(person => person.Name == "ada").Roles);
    }

    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_ends_with_a_button()
    {
        var root = await SignedInAsync(Roles.Admin);
        await root.GetAsync("/admin/keys");
        await SendAsync(root, "Make", ("name", "core banking"), ("scopes", "score"), ("products", "peerloan"), ("days", "30"));
        var secret = root.Page.QuerySelector(".notice code")!.TextContent;
        var key = Assert.Single(_site.Service<ApiKeys>().All(), key => key.Name == "core banking");
        Assert.Equal((HttpStatusCode.OK, "ada"), (await AskAsync(secret), key.MadeBy));

        await root.GetAsync("/admin/keys");
        Assert.DoesNotContain(secret, root.Page.Source.Text, StringComparison.Ordinal);
        await SendAsync(root, "Revoke", ("id", key.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(secret));
        Assert.Equal([ActKind.KeyRevoked, ActKind.KeyMade], _site.Service<Acts>().Newest(2).Select(act => act.Kind));
    }

    [Theory]
    [InlineData("scopes", "everything")]
    [InlineData("products", "nothing")]
    [InlineData("name", "")]
    public async Task A_key_that_there_cannot_be_is_refused(string field, string value)
    {
        var root = await SignedInAsync(Roles.Admin);
        await root.GetAsync("/admin/keys");
        var fields = new Dictionary<string, string> { ["name"] = "x", ["scopes"] = "score", ["days"] = "30", [field] = value };

        await SendAsync(root, "Make", [.. fields.Select(pair => (pair.Key, pair.Value))]);

        Assert.Equal(HttpStatusCode.BadRequest, root.Answer.StatusCode);
        Assert.DoesNotContain(_site.Service<ApiKeys>().All(), key => key.Name == "x");
    }

    private async Task<Browser> SignedInAsync(params string[] roles)
    {
        await AddAsync("ada", roles is [] ? [Roles.Officer] : roles);
        var browser = new Browser(_site.CreateStranger());
        await browser.GetAsync("/sign-in");
        await SendAsync(browser, null, ("name", "ada"), ("password", PeopleAccounts.Password));
        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
        return browser;
    }

    private async Task<HttpResponseMessage> TryAsync(string password)
    {
        var browser = new Browser(_site.CreateStranger());
        await browser.GetAsync("/sign-in");
        await SendAsync(browser, null, ("name", "ada"), ("password", password));
        return browser.Answer;
    }

    private Task<IdentityResult> AddAsync(string name, params string[] roles)
    {
        _site.CreateStranger();
        return PeopleAccounts.AddAsync(new LoanRisk.Store.DataFolder(_site.Data, "test"), name, PeopleAccounts.Password, roles);
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var client = _site.CreateStranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync("/api/v1/products/peerloan/features", Stop);
        return answer.StatusCode;
    }

    // Any form of the page has its token.
    private static Task<IHtmlDocument> SendAsync(Browser browser, string? handler, params (string Name, string Value)[] fields)
    {
        var token = browser.Page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!;
        var address = browser.Answer.RequestMessage!.RequestUri!.AbsolutePath + (handler is null ? "" : $"?handler={handler}");
        return browser.PostAsync(
            address,
            [KeyValuePair.Create(token.Name!, token.Value), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
    }
}
