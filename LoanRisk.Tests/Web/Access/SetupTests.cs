using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Access;

namespace LoanRisk.Tests.Web.Access;

/// <summary>The first admin, and links to passwords.</summary>
[Slow]
public sealed class SetupTests : IAsyncDisposable
{
    private readonly LoanRiskSite _site = new();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_link_makes_the_first_admin_once()
    {
        var link = _site.Service<SetupLink>().New()!;
        var another = _site.Service<SetupLink>().New()!;
        var browser = Open();
        await browser.GetAsync(link);

        await SendAsync(browser, "root", PeopleAccounts.Password);
        Assert.Equal("/", browser.Answer.Headers.Location!.OriginalString);
        await browser.GetAsync("/admin/people");
        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);

        foreach (var used in new[] { link, another })
        {
            var late = Open();
            var page = await late.GetAsync(used);
            Assert.Equal(HttpStatusCode.NotFound, late.Answer.StatusCode);
            Assert.Equal("This link cannot be used", page.QuerySelector("h1")!.TextContent);
        }

        Assert.Null(_site.Service<SetupLink>().New());
        Assert.Equal([ActKind.SignIn, ActKind.PersonAdded], _site.Service<Acts>().Newest(5).Select(act => act.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=CfDJ8AAAA")]
    public async Task Without_the_link_nobody_is_made(string query)
    {
        var browser = Open();
        await browser.GetAsync("/setup" + query);

        Assert.Equal(HttpStatusCode.NotFound, browser.Answer.StatusCode);
        Assert.Null(browser.Page.QuerySelector("main form"));
    }

    [Fact]
    public async Task A_weak_password_leaves_the_link_good()
    {
        var browser = Open();
        await browser.GetAsync(_site.Service<SetupLink>().New()!);

        var page = await SendAsync(browser, "root", "password1234");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Contains("known or easily guessed", page.QuerySelector("[role=alert]")!.TextContent);

        await SendAsync(browser, "root", PeopleAccounts.Password);
        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
    }

    [Fact]
    public async Task Two_who_use_it_at_once_are_not_both_let_in()
    {
        var link = _site.Service<SetupLink>().New()!;
        var browsers = Enumerable.Range(0, 8).Select(_ => Open()).ToList();
        foreach (var browser in browsers)
        {
            await browser.GetAsync(link);
        }

        await Task.WhenAll(browsers.Select((browser, i) => SendAsync(browser, $"root{i}", PeopleAccounts.Password)));

        Assert.Single(browsers, browser => browser.Answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Single(_site.Service<PeopleStore>().All());
    }

    [Fact]
    public async Task An_admin_adds_somebody_who_chooses_a_password_by_a_link_that_works_once()
    {
        using var admin = _site.CreateStranger();
        admin.DefaultRequestHeaders.Add("Cookie", await SiteAccess.CookieAsync(_site.Services, "root", Roles.Admin));
        var page = await new Browser(admin).GetAsync("/admin/people");
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(
            each => each.GetAttribute("action")!.Contains("handler=Add", StringComparison.Ordinal));
        var token = form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        var made = await new Browser(admin).PostAsync(
            "/admin/people?handler=Add",
            [new("__RequestVerificationToken", token), new("name", "ada"), new("roles", "officer"), new("roles", "analyst")]);
        var link = made.QuerySelector(".notice code")!.TextContent;
        var path = new Uri(link).PathAndQuery;

        var ada = Open();
        await ada.GetAsync(path);
        await SendAsync(ada, "ignored", PeopleAccounts.Password);
        Assert.Equal(HttpStatusCode.Redirect, ada.Answer.StatusCode);
        await ada.GetAsync("/decisions");
        Assert.Equal("ada", ada.Page.QuerySelector(".who a")!.TextContent);

        var late = Open();
        await late.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, late.Answer.StatusCode);
        Assert.Equal([Roles.Officer, Roles.Analyst], _site.Service<PeopleStore>().All().Single(person => person.Name == "ada").Roles);
    }

    [Fact]
    public async Task The_console_shows_the_link_until_there_is_an_admin()
    {
        using var folder = new TemporaryFolder();
        var products = TrainedProducts.WriteTo(folder["products"]);
        (string, string)[] production = [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("ASPNETCORE_ENVIRONMENT", "Production")];
        string link;
        using (var site = await SiteProcess.StartAsync(folder["data"], products, production))
        {
            var line = Assert.Single(site.Lines, line => line.Contains("/setup?token=", StringComparison.Ordinal));
            link = line[line.IndexOf("http", StringComparison.Ordinal)..];
            using var client = new HttpClient();
            using var answer = await client.GetAsync(link, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(site.Later, line => line.Contains("token=", StringComparison.Ordinal));
        }

        await PeopleAccounts.AddAsync(new LoanRisk.Store.DataFolder(folder["data"], "test"), "root", PeopleAccounts.Password, Roles.Admin);
        using var again = await SiteProcess.StartAsync(folder["data"], products, production);
        Assert.DoesNotContain(again.Lines, line => line.Contains("/setup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Development_on_loopback_a_button_signs_in_as_each_role_and_the_API_needs_no_key()
    {
        using var folder = new TemporaryFolder();
        using var site = await SiteProcess.StartAsync(
            folder["data"], TrainedProducts.WriteTo(folder["products"]), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        foreach (var role in Roles.All)
        {
            using var handler = new HttpClientHandler { AllowAutoRedirect = false };
            using var client = new HttpClient(handler) { BaseAddress = site.Address };
            var browser = new Browser(client);
            var page = await browser.GetAsync("/sign-in");
            Assert.Contains("runs in Development", page.QuerySelector("main")!.TextContent);
            var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
            await browser.PostAsync("/sign-in?handler=Demo", [new("__RequestVerificationToken", token), new("role", role)]);
            await browser.GetAsync("/account");
            Assert.Equal($"demo {role}", browser.Page.QuerySelector(".who a")!.TextContent);
        }

        using var program = new HttpClient { BaseAddress = site.Address };
        using var answer = await program.GetAsync("/api/v1/products", TestContext.Current.CancellationToken);
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/api/v1/products");
        forwarded.Headers.Add("X-Forwarded-For", "127.0.0.1");
        using var refused = await program.SendAsync(forwarded, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (answer.StatusCode, refused.StatusCode));
    }

    private Browser Open() => new(_site.CreateStranger());

    private static Task<IHtmlDocument> SendAsync(Browser browser, string name, string password)
    {
        var form = browser.Page.QuerySelector<IHtmlFormElement>("form.plain-form")!;
        var fields = form.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value);
        (fields["name"], fields["password"]) = (name, password);
        return browser.PostAsync("/setup", fields);
    }
}
