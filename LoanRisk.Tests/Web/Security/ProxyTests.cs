using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Tests.Web.Serving;

namespace LoanRisk.Tests.Web.Security;

/// <summary>
/// The site as a program of its own, reached directly, through the nginx that operator.md shows, and through one that says nothing.
/// </summary>
[Slow]
public sealed class ProxyTests : IDisposable
{
    private static readonly (string Name, string Value)[] Loopback = [("ASPNETCORE_URLS", "http://127.0.0.1:0")];

    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public ProxyTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ModelRegistry Registry => ModelRegistry.Open(new DataFolder(_folder["data"], "test"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_guide_s_nginx_serves_the_site_over_https_and_hides_nobody()
    {
        NginxProcess.Require();
        using var site = await StartAsync([.. Loopback, ("LoanRisk__Proxies", "127.0.0.1"), ("AllowedHosts", "loans.example")]);
        using var nginx = await NginxProcess.StartAsync(site.Address);
        using var client = Client(nginx, "https://loans.example");
        var browser = new Browser(client);
        await PeopleAccounts.AddAsync(new DataFolder(_folder["data"], "test"), "ada", PeopleAccounts.Password, Roles.Officer);

        var page = await browser.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
        Assert.True(browser.Answer.Headers.Contains("Strict-Transport-Security"));
        AssertSafe(Cookies(browser.Answer));

        await browser.PostAsync("/sign-in", [Token(page), new("name", "ada"), new("password", PeopleAccounts.Password)]);
        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
        AssertSafe(Cookies(browser.Answer));
        await browser.DecideAsync(0); // cookie and token travel as Secure ones

        using var stranger = Client(nginx, "https://loans.example");
        var (promoted, _) = await PromoteAsync(new Browser(stranger), ("X-Forwarded-For", "127.0.0.1"));
        Assert.Equal(HttpStatusCode.Forbidden, promoted);
    }

    [Fact]
    public async Task The_guide_s_nginx_sends_http_to_https()
    {
        NginxProcess.Require();
        using var site = await StartAsync(Loopback);
        using var nginx = await NginxProcess.StartAsync(site.Address);
        using var client = Client(nginx, "http://loans.example");

        using var answer = await client.GetAsync("/decisions?product=peerloan", Stop);

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("https://loans.example/decisions?product=peerloan", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("proxy_http_version 1.1; proxy_set_header Connection '';")]
    [InlineData("proxy_http_version 1.1; proxy_set_header Host localhost;")]
    [InlineData("proxy_http_version 1.1; proxy_set_header X-Real-IP $remote_addr;")]
    [InlineData("proxy_set_header X-Forwarded-For 127.0.0.1; proxy_set_header Host 127.0.0.1;")]
    public async Task A_browser_behind_a_proxy_that_nobody_named_is_not_on_this_machine(string directives)
    {
        NginxProcess.Require();
        using var site = await StartAsync(Loopback);
        using var nginx = await NginxProcess.StartAsync(
            site.Address, $"server {{ listen 80; location / {{ proxy_pass http://127.0.0.1:5080; {directives} }} }}");
        using var client = Client(nginx, "http://loans.example");
        client.DefaultRequestHeaders.Add("Origin", "http://loans.example"); // as every browser does

        var (status, serving) = await PromoteAsync(new Browser(client));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal(TrainedProducts.Champion.Id, serving);
    }

    [Fact]
    public async Task A_browser_on_this_machine_promotes_and_one_with_a_forged_header_does_not()
    {
        using var site = await StartAsync(Loopback);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };

        foreach (var header in new[]
        {
            ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"), ("X-Real-IP", "127.0.0.1"), ("X-Forwarded-Host", "localhost"),
        })
        {
            Assert.Equal((HttpStatusCode.Forbidden, TrainedProducts.Champion.Id), await PromoteAsync(new Browser(client), header));
        }

        var (status, serving) = await PromoteAsync(new Browser(client));
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.NotEqual(TrainedProducts.Champion.Id, serving);
    }

    [Fact]
    public async Task With_PORT_set_nobody_promotes_and_no_header_resets_the_rate_limit()
    {
        using var site = await StartAsync([("PORT", "0"), ("LoanRisk__RequestsPerMinute", "20")]);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };

        foreach (var header in new[] { ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "::1"), ("X-Nothing", "none") })
        {
            Assert.Equal((HttpStatusCode.Forbidden, TrainedProducts.Champion.Id), await PromoteAsync(new Browser(client), header));
        }

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, "/api/v1/products") { Headers = { { "X-Forwarded-For", $"203.0.113.{i}" } } };
            answers.Add((await client.SendAsync(request, Stop)).StatusCode);
        }

        Assert.InRange(answers.Count(status => status == HttpStatusCode.TooManyRequests), 20, 60); // two windows may have been begun
    }

    [Theory]
    [InlineData("203.0.113.7", HttpStatusCode.OK)] // a probe asks by address
    [InlineData("loans.example", HttpStatusCode.BadRequest)]
    [InlineData("a'b", HttpStatusCode.BadRequest)]
    public async Task On_every_interface_the_site_goes_by_every_address_and_no_other_name(string host, HttpStatusCode expected)
    {
        using var site = await StartAsync([("PORT", "0")]);
        using var client = new HttpClient { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation("Host", host);

        Assert.Equal(expected, (await client.SendAsync(request, Stop)).StatusCode);
    }

    [Theory]
    [InlineData("docs/operator.md", "deploy/nginx/loanrisk.conf")]
    [InlineData("docs/operator.md", "deploy/caddy/Caddyfile")]
    public void The_guide_quotes_the_file_that_runs(string guide, string file) =>
        Assert.Contains(
            "\n" + File.ReadAllText(Path.Combine(SharedFolder.Checkout, file)) + "```",
            File.ReadAllText(Path.Combine(SharedFolder.Checkout, guide)),
            StringComparison.Ordinal);

    private async Task<SiteProcess> StartAsync((string Name, string Value)[] environment)
    {
        var site = await SiteProcess.StartAsync(_folder["data"], _products, environment);
        CandidateModels.Register(Registry, CandidateModels.Make(1));
        return site;
    }

    private static void AssertSafe(IEnumerable<string> cookies)
    {
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains("; secure; samesite=", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Signs in as a demo manager, which only who sits at the machine may, and promotes the candidate against the gate; the answer to
    /// signing in, and the model that is champion after it.
    /// </summary>
    private async Task<(HttpStatusCode Status, string Champion)> PromoteAsync(Browser browser, params (string Name, string Value)[] headers)
    {
        var page = await browser.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
        await browser.PostAsync("/sign-in?handler=Demo", [Token(page), new("role", Roles.Manager)], headers);
        var status = browser.Answer.StatusCode;
        page = await browser.GetAsync("/models");
        if (browser.Answer.StatusCode == HttpStatusCode.OK)
        {
            await browser.PostAsync(
                $"/models/{CandidateModels.Make(1).Id}?handler=Promote", [Token(page), new("reason", "because I can")], headers);
        }

        return (status, Registry.Champion("peerloan")!.Id);
    }

    private static KeyValuePair<string, string> Token(IHtmlDocument page) => new(
        "__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [];

    /// <summary>A client that finds the name at this nginx and takes its certificate.</summary>
    private static HttpClient Client(NginxProcess nginx, string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate!.Subject == "CN=loans.example" },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port == 443 ? nginx.Https : nginx.Http, cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = new Uri(address) };
}
