using System.Net;
using System.Text;
using LoanRisk.Store;
using LoanRisk.Store.People;
using LoanRisk.Tests.Store.People;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Tests.Web.Telemetry;

namespace LoanRisk.Tests.Web.Security;

/// <summary>
/// Secrets that nobody else could have written are put everywhere the program takes something in, and looked for in all it lets out: both
/// streams of its console and what it sends to a collector.
/// </summary>
[Slow]
public sealed class CanaryTests : IDisposable
{
    private const string Canary = "cnry";

    private const string AntiforgeryField = "__RequestVerificationToken";

    private const string Income = "918273.5";

    private const string Password = "cnry-vexed-lantern-orchid-27";

    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public CanaryTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text", "Warning")]
    [InlineData("json", "Trace")]
    public async Task No_secret_and_nothing_that_was_sent_is_ever_on_the_console_or_in_a_trace(string form, string level)
    {
        await using var collector = await Collector.StartAsync();
        var folder = new DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test");
        var key = SiteAccess.Key(folder);
        await PeopleAccounts.AddAsync(folder, "cnry-officer", Password, [.. Roles.All]);
        using var site = await SiteProcess.StartAsync(
            _folder["data"],
            _products,
            [
                ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("LOANRISK_LOG", form), ("Logging__LogLevel__Default", level),
                .. collector.Settings,
                ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=cnry-collector"),
            ]);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = site.Address };
        Headers(client);
        client.DefaultRequestHeaders.Authorization = key;

        await SignInAsync(client);
        var (statuses, secrets) = await Walk(client, handler.CookieContainer, site.Address);
        secrets.Add(key.Parameter!);
        var database = Path.Combine(_folder["data"], "loanrisk.db");
        File.Move(database, _folder["away.db"]);
        statuses.Add(await Status(client.PostJson("/api/predict?a=cnry-away", ApiCalls.Applicant(("annual_inc", 918273.5)))));
        statuses.Add(await Status(client.GetAsync("/decisions?id=cnry-away", Stop)));
        File.Move(_folder["away.db"], database);
        await site.StopAsync();

        Assert.Empty(Expected.Except(statuses));
        Assert.InRange(secrets.Count, 3, 30);
        var outside = site.Lines.Concat(site.Later)
            .Concat(collector.Traces.Concat(collector.Metrics).Select(Encoding.Latin1.GetString)).ToList();
        var told = outside.Where(text => secrets.Exists(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.True(!told.Any(), string.Join("\n", told));
        Assert.NotEmpty(collector.Traces);
    }

    [Theory]
    [InlineData("LOANRISK_DATABASE")]
    [InlineData("DATABASE_URL")]
    public async Task The_password_of_a_database_that_refuses_is_not_told(string variable)
    {
        var (_, output, error) = await SiteProcess.RunForAsync(
            TimeSpan.FromSeconds(10),
            _folder["data"],
            _products,
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("LOANRISK_LOG", "json"),
            (variable, "postgres://loans:cnry-password@127.0.0.1:1/loans?sslmode=disable"));

        Assert.NotEmpty(output + error);
        Assert.DoesNotContain(Canary, output + error, StringComparison.OrdinalIgnoreCase);
    }

    private static HttpStatusCode[] Expected =>
        [
            HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed,
            HttpStatusCode.UnsupportedMediaType, HttpStatusCode.ServiceUnavailable,
        ];

    private static void Headers(HttpClient client)
    {
        string[] names = ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "Referer", "X-Request-Id", "baggage", "tracestate"];
        foreach (var name in names)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, $"cnry={name}-cnry");
        }

        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "cnry/1.0");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Proxy-Authorization", "Basic Y25yeTpwYXNz");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", "cnry-cookie=cnry; .AspNetCore.Antiforgery.x=cnry");
    }

    // With a wrong password first.
    private static async Task SignInAsync(HttpClient client)
    {
        var browser = new Browser(client);
        foreach (var password in new[] { "cnry-wrong-password", Password })
        {
            await browser.GetAsync("/sign-in?returnUrl=%2Fdecisions");
            var token = browser.Page.QuerySelector($"input[name={AntiforgeryField}]")!.GetAttribute("value")!;
            await browser.PostAsync("/sign-in", [new(AntiforgeryField, token), new("name", "cnry-officer"), new("password", password)]);
        }

        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
    }

    /// <summary>Goes through pages, API and errors; gives the statuses, and what must not come out.</summary>
    private static async Task<(List<HttpStatusCode> Statuses, List<string> Secrets)> Walk(
        HttpClient client, CookieContainer cookies, Uri site)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var address in Addresses)
        {
            statuses.Add(await Status(client.GetAsync(address, Stop)));
        }

        var browser = new Browser(client);
        await browser.GetAsync("/?example=0&cnry=cnry");
        var token = browser.Page.QuerySelector($"input[name={AntiforgeryField}]")!.GetAttribute("value")!;
        foreach (var typed in new[] { ("annual_inc", Income), ("annual_inc", "cnry-income"), (AntiforgeryField, "cnry-token") })
        {
            await browser.GetAsync("/?example=0&cnry=cnry");
            await browser.SendAsync(typed);
            statuses.Add(browser.Answer.StatusCode);
        }

        statuses.Add(await Status(client.PostJson("/api/predict", ApiCalls.Applicant(("annual_inc", 918273.5)))));
        statuses.Add(await Status(client.PostJson("/api/predict", ApiCalls.Applicant(("cnry-field", "cnry-value")))));
        statuses.Add(await Status(client.PostText("/api/predict", "{\"cnry\": cnry")));
        statuses.Add(await Status(client.PostText("/api/predict", "cnry", "text/cnry")));
        statuses.Add(await Status(client.PostText("/api/v1/products/peerloan/data", "cnry,cnry\r\n1,2\r\n", "text/csv")));
        statuses.Add(await Status(client.PostText("/api/v1/decisions/cnry/outcome", """{"cnry": 1}""")));
        using var wrongName = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "cnry.example" } };
        statuses.Add(await Status(client.SendAsync(wrongName, Stop)));
        using var wrongMethod = new HttpRequestMessage(HttpMethod.Delete, "/models?cnry");
        statuses.Add(await Status(client.SendAsync(wrongMethod, Stop)));
        return (statuses, [Canary, Income, token, .. cookies.GetCookies(site).Select(cookie => cookie.Value)]);
    }

    private static string[] Addresses =>
        [
            "/models", "/models/cnry", "/decisions?id=cnry", "/decisions/cnry", "/cnry/cnry?cnry", "/apply/cnry",
            "/apply/peerloan?from=cnry", "/apply/peerloan?find=cnry", "/error/500?cnry", "/error/503", "/api/cnry",
            "/api/v1/products/cnry/features", "/api/v1/jobs/cnry", "/api/v1/decisions/cnry", "/api/predict?annual_inc=918273.5",
            "/health/ready?cnry", "/%63nry%0d%0aINFO:", "/swagger/cnry",
        ];

    private static async Task<HttpStatusCode> Status(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return answer.StatusCode;
    }
}
