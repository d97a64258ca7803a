using System.Net;
using System.Net.Http.Headers;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Http;

namespace LoanRisk.Tests.Web.Security;

[Slow]
public sealed class HostCheckTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5080")]
    [InlineData("127.0.0.1:5080")]
    [InlineData("[::1]:5080")]
    public async Task The_names_of_this_machine_are_the_site_s(string host)
    {
        using var response = await Get(site, host, "/", "text/html");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("loans.example")]
    [InlineData("a'b")] // was a 500
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.7")]
    [InlineData("<b>x</b>")]
    public async Task Another_name_is_refused_with_a_page_that_says_what_to_do(string host)
    {
        using var response = await Get(site, host, "/models", "text/html,*/*;q=0.8");
        var page = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("AllowedHosts", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode($"'{host}'"), page, StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/api/predict")]
    [InlineData("/api/v1/products")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Another_name_is_refused_with_a_problem_for_a_program(string address)
    {
        using var response = await Get(site, "a'b", address, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("AllowedHosts", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AllowedHosts", "loans.example;*.bank.example", "loans.example", true)]
    [InlineData("AllowedHosts", "loans.example;*.bank.example", "risk.bank.example:8443", true)]
    [InlineData("AllowedHosts", "loans.example;*.bank.example", "bank.example.evil", false)]
    [InlineData("AllowedHosts", "loans.example", "localhost", true)] // its own names stay
    [InlineData("AllowedHosts", "*", "anything.example", true)]
    [InlineData("RENDER_EXTERNAL_HOSTNAME", "loans.onrender.com", "loans.onrender.com", false)] // the name without the platform
    [InlineData("DYNO", "web.1", "loans-1234.herokuapp.com", true)]
    [InlineData("DYNO", "web.1", "evil.example", false)]
    [InlineData("RAILWAY_ENVIRONMENT", "production", "healthcheck.railway.app", true)]
    [InlineData("FLY_APP_NAME", "loans", "loans.fly.dev", true)]
    [InlineData("FLY_APP_NAME", "loans", "others.fly.dev", false)]
    public async Task What_the_operator_or_the_platform_names_is_the_site_s_as_well(string setting, string value, string host, bool allowed)
    {
        await using var named = new LoanRiskSite { Settings = { [setting] = value } };

        using var response = await Get(named, host, "/health/live", "*/*");

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Render_and_Railway_give_the_name_in_a_variable()
    {
        await using var render = new LoanRiskSite
        {
            Settings = { ["RENDER"] = "true", ["RENDER_EXTERNAL_HOSTNAME"] = "loans.onrender.com" },
        };
        await using var railway = new LoanRiskSite
        {
            Settings = { ["RAILWAY_ENVIRONMENT_NAME"] = "production", ["RAILWAY_PUBLIC_DOMAIN"] = "loans.up.railway.app" },
        };

        Assert.Equal(HttpStatusCode.OK, (await Get(render, "loans.onrender.com", "/health/live", "*/*")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Get(railway, "loans.up.railway.app", "/health/live", "*/*")).StatusCode);
    }

    [Fact]
    public async Task A_decision_is_not_given_under_another_name()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "http://evil.example/api/predict") { Content = new StringContent(
                ApiCalls.Applicant().ToJsonString(), new MediaTypeHeaderValue("application/json")) };

        using var response = await site.CreateClient().SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("http://loans.example")]
    [InlineData("loans.example:8080")]
    [InlineData("*.")]
    [InlineData("a'b;loans.example")]
    [InlineData("münchen.example")]
    [InlineData("[::1]")]
    [InlineData("fe80::1")]
    public void A_list_of_names_is_names_without_scheme_and_port(string text)
    {
        var good = text is "münchen.example" or "[::1]";

        Assert.Equal(good, HostNames.TryParse(text, null, out var names));
        Assert.Equal(text.StartsWith('m'), names?.Match(new HostString("xn--mnchen-3ya.example")) ?? false);
    }

    private static async Task<HttpResponseMessage> Get(LoanRiskSite site, string host, string address, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Host", host);
        return await site.CreateClient().SendAsync(request, Stop);
    }
}
