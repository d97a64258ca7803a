using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Security;

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
    [InlineData("8080", true)]
    [InlineData("", false)]
    public async Task A_router_s_word_that_the_visitor_came_by_https_counts_only_on_a_platform(string port, bool believed)
    {
        await using var behind = new LoanRiskSite { Replace = services => services.AddSingleton<IStartupFilter, FromElsewhere>() };
        behind.Settings["PORT"] = port;
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
