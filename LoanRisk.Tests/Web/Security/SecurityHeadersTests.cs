using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Security;

[Slow]
public sealed class SecurityHeadersTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/api/nothing")]
    [InlineData("/health/live")]
    [InlineData("/swagger/index.html")]
    public async Task Every_answer_carries_them(string address)
    {
        using var response = await site.CreateClient().GetAsync(address, Stop);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("PORT", "8080", false)] // listening everywhere is no proxy
    [InlineData("LoanRisk:Proxies", "203.0.113.7", true)]
    [InlineData("LoanRisk:Proxies", "10.0.0.1, 203.0.113.0/24", true)]
    [InlineData("LoanRisk:Proxies", "203.0.113.8", false)]
    [InlineData("ForwardedHeaders_Enabled", "true", false)] // ASP.NET Core's own switch would believe everybody
    [InlineData("DYNO", "web.1", true)]
    [InlineData("RENDER", "true", true)]
    [InlineData("RAILWAY_ENVIRONMENT", "production", true)]
    [InlineData("FLY_APP_NAME", "loans", true)]
    public async Task The_word_that_the_requester_came_by_https_counts_only_from_a_named_proxy_or_a_platform(
        string setting, string value, bool believed)
    {
        await using var behind = new LoanRiskSite { Replace = services => services.AddSingleton<IStartupFilter, FromElsewhere>() };
        behind.Settings[setting] = value;
        behind.Settings["AllowedHosts"] = "loans.example";
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://loans.example/health/live");
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await behind.CreateClient().SendAsync(request, Stop);

        Assert.Equal(believed, response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Too_many_requests_from_one_address_are_told_to_wait()
    {
        await using var strict = new LoanRiskSite();
        strict.Settings["LoanRisk:RequestsPerMinute"] = "3";
        using var client = strict.CreateClient();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/predict", Stop)).StatusCode);
        }

        using var fourth = await client.GetAsync("/api/predict", Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
        Assert.Equal("application/problem+json", fourth.Content.Headers.ContentType!.MediaType);
        Assert.InRange(fourth.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Stop)).StatusCode);
    }

    /// <summary>A connection from another machine, as behind a router.</summary>
    private sealed class FromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return rest(context);
            });
            next(app);
        };
    }
}
