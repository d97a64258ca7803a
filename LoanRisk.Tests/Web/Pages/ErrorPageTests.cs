using System.Net;
using AngleSharp.Dom;
using LoanRisk.Tests.Loans;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Pages;

[Slow]
public sealed class ErrorPageTests
{
    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/error/500", HttpStatusCode.InternalServerError)]
    [InlineData("/error/418", (HttpStatusCode)418)]
    [InlineData("/error/200", HttpStatusCode.NotFound)]
    public async Task An_error_has_a_page_with_a_trace_id_and_a_way_back(string address, HttpStatusCode status)
    {
        using var site = new TrialSite();
        var browser = site.Open();
        var page = await browser.GetAsync(address);

        Assert.Equal(status, browser.Answer.StatusCode);
        Assert.Equal(((int)status).ToString(), page.QuerySelector(".status")!.TextContent);
        Assert.Matches("trace id [0-9a-f]{32}", page.QuerySelector("main")!.TextContent);
        Assert.NotNull(page.QuerySelector("main a[href='/']"));
    }

    [Theory]
    [InlineData("PUT", "/", "GET, HEAD, POST")]
    [InlineData("DELETE", "/apply/peerloan", "GET, HEAD, POST")]
    [InlineData("OPTIONS", "/", "GET, HEAD, POST")]
    [InlineData("POST", "/decisions", "GET, HEAD")]
    [InlineData("PATCH", "/decisions/0000000000000000000000000000dead", "GET, HEAD, POST")]
    public async Task A_method_that_a_page_does_not_answer_is_refused_with_those_it_does(string method, string address, string allowed)
    {
        using var site = new TrialSite();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await site.CreateClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        Assert.Contains("This page cannot be used that way", await answer.Content.ReadAsStringAsync());
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task The_error_page_answers_every_method()
    {
        using var site = new TrialSite();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/error/503");
        using var answer = await site.CreateClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("No decision can be given right now", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_a_model_the_form_says_so_with_status_503_and_what_to_do()
    {
        using var site = new NoChampion();
        var browser = site.Open();
        var page = await browser.GetAsync("/apply/peerloan");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Answer.StatusCode);
        Assert.Equal("No model yet", page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("PeerLoan has no model yet", page.Title);
        Assert.Contains("loanrisk train peerloan --data FILE", page.QuerySelector("main ol")!.TextContent);
        Assert.Null(page.QuerySelector("form.application"));
        Assert.Equal("/apply/peerloan", page.QuerySelector(".btn-primary")!.GetAttribute("href"));
        Assert.Contains("PeerLoan has no model yet", page.QuerySelector("footer")!.TextContent);
        Assert.Equal(
            ["If you decide about applications", "If you make its models", "If you run this site"],
            page.QuerySelectorAll("main h2").Select(h => h.TextContent));
        Assert.All(["/decisions", "/models", "/health/ready"], href => Assert.NotNull(page.QuerySelector($"main a[href='{href}']")));
    }

    [Fact]
    public async Task A_failure_is_told_without_its_inside()
    {
        var (clock, log) = (new StoppedClock(), new LogLines());
        using var failing = new TrialSite
        {
            Replace = services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(log),
        };
        var browser = new Browser(failing.CreateClient());
        await browser.GetAsync("/?example=0");
        clock.IsStopped = true;
        var page = await browser.SendAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, browser.Answer.StatusCode);
        Assert.Equal("Something went wrong on our side", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("stopped", page.Body!.TextContent);
        Assert.DoesNotContain(" at LoanRisk.", page.Body!.TextContent);
        Assert.Equal("/apply/peerloan", page.QuerySelector(".btn-primary")!.GetAttribute("href"));
        var line = Assert.Single(
            log.Lines,
            line =>
                line.StartsWith("Request ", StringComparison.Ordinal) && line.Contains("The clock has stopped.", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelector(".small-print code")!.TextContent, line, StringComparison.Ordinal);
    }

    /// <summary>Fails where the service asks what time it is.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public bool IsStopped { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsStopped ? throw new InvalidOperationException("The clock has stopped.") : base.GetUtcNow();
    }

    internal sealed class NoChampion() : TrialSite(withChampion: false);
}
