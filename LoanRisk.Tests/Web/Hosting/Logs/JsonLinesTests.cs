using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Web.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Hosting.Logs;

/// <summary>What a site writes on its console in production: one JSON object a line.</summary>
[Slow]
public sealed class JsonLinesTests : IDisposable
{
    private const string Caller = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_line_in_production_is_an_object_with_time_level_category_and_message()
    {
        using var site = await StartAsync(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("LOANRISK_LOG", ""), ("Logging__LogLevel__Default", "Debug"));
        using var client = new HttpClient { BaseAddress = site.Address };
        await client.GetAsync("/models?Ann=Example", Stop);
        await site.StopAsync();

        var lines = site.Lines.Concat(site.Later).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.All(lines, line => Assert.Equal(["time", "level", "category", "message"], line.Select(member => member.Key).Take(4)));
        Assert.All(lines, line => Assert.EndsWith("Z", (string)line["time"]!, StringComparison.Ordinal));
        var now = DateTimeOffset.UtcNow;
        Assert.All(lines, line => Assert.InRange((DateTimeOffset)line["time"]!, now.AddMinutes(-5), now));
        Assert.Contains(lines, line => ((string)line["message"]!).StartsWith("LoanRisk listens on http://127", StringComparison.Ordinal));
        Assert.Contains(lines, line => (string)line["level"]! == "Debug" && (string?)line["traceId"] is { Length: 32 });
        Assert.Contains(lines, line => line["values"] is JsonObject values && !values.ContainsKey("{OriginalFormat}"));
    }

    [Fact]
    public async Task A_line_about_a_request_has_the_trace_id_of_its_answer()
    {
        using var site = await StartAsync(("LOANRISK_LOG", "json"));
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Caller}-00f067aa0ba902b7-01");
        File.Move(Path.Combine(_folder["data"], "loanrisk.db"), _folder["away.db"]);

        using var answer = await client.GetAsync("/api/v1/decisions/00000000000000000000000000000000", Stop);
        File.Move(_folder["away.db"], Path.Combine(_folder["data"], "loanrisk.db"));
        await site.StopAsync();

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal((Caller, Caller), ((string)problem["traceId"]!, answer.Headers.GetValues("X-Trace-Id").Single()));
        var line = Assert.Single(
            site.Later.Select(line => JsonNode.Parse(line)!),
            line => ((string)line["message"]!).Contains(Caller, StringComparison.Ordinal));
        Assert.Equal((Caller, Caller, "Error"), ((string)line["traceId"]!, (string)line["values"]!["TraceId"]!, (string)line["level"]!));
        Assert.Matches("^[0-9a-f]{16}$", (string)line["spanId"]!);
    }

    [Theory]
    [InlineData("text", "Production")]
    [InlineData("", "Development")]
    public async Task Lines_are_for_people_in_development_or_when_asked_for(string form, string environment)
    {
        using var site = await StartAsync(("LOANRISK_LOG", form), ("ASPNETCORE_ENVIRONMENT", environment));
        await site.StopAsync();

        Assert.StartsWith("Data in ", site.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(site.Lines.Concat(site.Later), line => line.StartsWith('{'));
    }

    [Fact]
    public async Task Every_answer_names_its_trace()
    {
        await using var site = new LoanRiskSite { Replace = services => services.AddSingleton<ILoggerProvider>(new LogLines()) };
        using var client = site.CreateClient();
        foreach (var address in new[] { "/", "/models", "/nowhere", "/api/nowhere", "/health/live", "/error/500", "/css/site.css" })
        {
            using var answer = await client.GetAsync(address, Stop);
            Assert.Matches("^[0-9a-f]{32}$", answer.Headers.GetValues("X-Trace-Id").Single());
        }
    }

    private Task<SiteProcess> StartAsync(params (string Name, string Value)[] settings) => SiteProcess.StartAsync(
        _folder["data"], TrainedProducts.WriteTo(_folder["products"]), [("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]);
}
