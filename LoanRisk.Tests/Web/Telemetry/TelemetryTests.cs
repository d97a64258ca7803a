using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Store;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Hosting;

namespace LoanRisk.Tests.Web.Telemetry;

/// <summary>What a site sends to a collector: a real one as far as OTLP goes.</summary>
[Slow]
public sealed class TelemetryTests : IDisposable
{
    private const int Callers = 40;

    private const double Income = 87_654.5;

    private const string Caller = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public TelemetryTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Measures_add_up_to_what_was_decided()
    {
        await using var collector = await Collector.StartAsync();
        using var site = await StartAsync(collector.Settings);
        using var client = new HttpClient { BaseAddress = site.Address };

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => client.PostJson("/api/predict", Applicant()).Answer()));
        await client.PostJson("/api/products/peerloan/predict/batch", new JsonArray(Applicant(), Applicant())).Answer();
        await client.PostJson("/api/predict", new JsonObject()).Problem(System.Net.HttpStatusCode.BadRequest);

        var points = await collector.Until(c => Sum(c.NewestPoints, "loanrisk.decisions") == Callers + 2 ? c.NewestPoints : null);
        var outcome = ((string)answers[0]["decision"]!).ToLowerInvariant();
        Assert.Equal(
            [("api", Callers), ("batch", 2)],
            Of(points, "loanrisk.decisions").Select(p => (p.Attributes["loanrisk.origin"], (int)p.Value)).Order());
        Assert.All(
            Of(points, "loanrisk.decisions"),
            p => Assert.Equal(("peerloan", outcome), (p.Attributes["loanrisk.product"], p.Attributes["loanrisk.outcome"])));

        var probability = Assert.Single(Of(points, "loanrisk.decision.probability"));
        var expected = (double)answers[0]["probability"]!;
        Assert.Equal(Callers + 2, probability.Count);
        Assert.Equal(expected * (Callers + 2), probability.Value, 1e-9);
        Assert.Equal(Callers + 2, probability.Buckets[probability.Bounds.TakeWhile(bound => bound < expected).Count()]);

        var rows = Assert.Single(Of(points, "loanrisk.store.commit.rows"));
        var commits = Assert.Single(Of(points, "loanrisk.store.commit.duration"));
        Assert.Equal(Callers + 2, rows.Value);
        Assert.Equal(rows.Count, commits.Count);
        Assert.InRange(commits.Count, 2, Callers + 1);
        Assert.Equal("sqlite", commits.Attributes["db.system.name"]);
        Assert.Equal(("s", true), (commits.Unit, commits.Value > 0));

        Assert.Equal(0, Assert.Single(Of(points, "loanrisk.store.trouble")).Value);
        var age = Assert.Single(Of(points, "loanrisk.model.age"));
        Assert.Equal(TrainedProducts.Champion.Id[..12], age.Attributes["loanrisk.model"]);
        Assert.Equal(
            (DateTimeOffset.UtcNow - TrainedProducts.Champion.Manifest.TrainedAt).TotalSeconds,
            age.Value,
            TimeSpan.FromMinutes(5).TotalSeconds);
        Assert.Equal(
            Callers + 1,
            Of(points, "http.server.request.duration")
                .Where(p => p.Attributes["http.response.status_code"] == "200" && p.Attributes["http.request.method"] == "POST")
                .Sum(p => p.Count));
    }

    [Fact]
    public async Task On_PostgreSQL_commits_connections_and_traces_are_told_and_no_statement_holds_a_value()
    {
        using var storage = new PostgresStorage();
        await using var collector = await Collector.StartAsync();
        using var site = await StartAsync([.. collector.Settings, ("LOANRISK_DATABASE", storage.Url)]);
        using var client = new HttpClient { BaseAddress = site.Address };

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => client.PostJson("/api/predict", Applicant()).Answer()));

        var points = await collector.Until(c => Sum(c.NewestPoints, "loanrisk.decisions") == Callers ? c.NewestPoints : null);
        Assert.Equal("postgresql", Assert.Single(Of(points, "loanrisk.store.commit.duration")).Attributes["db.system.name"]);
        Assert.Equal(Callers, Assert.Single(Of(points, "loanrisk.store.commit.rows")).Value);
        Assert.Contains(points, point => point.Name.StartsWith("db.client.", StringComparison.Ordinal));
        var spans = await collector.Until(c => c.Spans.Count(s => s.Name == "POST api/predict") == Callers ? c.Spans.ToList() : null);
        var commits = spans.Where(span => span.Name == "commit").Select(span => span.Id).ToHashSet();
        Assert.All(spans.Where(span => span.Name == "store"), span => Assert.Contains(Assert.Single(span.Links).Span, commits));
        Assert.All(collector.Traces, body => Assert.Equal(-1, body.AsSpan().IndexOf("87654"u8)));
        var password = new Uri(storage.Url).UserInfo.Split(':')[^1];
        Assert.DoesNotContain(password, Everything(collector), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_of_a_request_reaches_to_the_commit_that_others_share()
    {
        await using var collector = await Collector.StartAsync();
        using var site = await StartAsync(collector.Settings);
        using var client = new HttpClient { BaseAddress = site.Address };

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => client.PostJson("/api/predict", Applicant()).Answer()));
        await SendTraced(client);
        await client.GetAsync("/health/ready", Stop);

        var spans = await collector.Until(c => c.Spans.Count(s => s.Name == "POST api/predict") == Callers + 1 ? c.Spans.ToList() : null);
        var commits = spans.Where(span => span.Name == "commit").ToDictionary(span => span.Id);
        foreach (var request in spans.Where(span => span.Name == "POST api/predict"))
        {
            var trace = spans.Where(span => span.Trace == request.Trace).ToList();
            var decide = Assert.Single(trace, span => span.Name == "decide");
            var store = Assert.Single(trace, span => span.Name == "store");
            Assert.Equal((request.Id, request.Id), (decide.Parent, store.Parent));
            var commit = commits[Assert.Single(store.Links).Span];
            Assert.True(commit.Parent == store.Id || commit.Links.Contains((store.Trace, store.Id)));
            Assert.Equal("COMMIT", commit.Attributes["db.operation.name"]);
        }

        Assert.Equal(Callers + 1, commits.Values.Sum(commit => 1 + commit.Links.Count));
        Assert.Equal(
            Callers + 1,
            commits.Values.Sum(commit => int.Parse(commit.Attributes["db.operation.batch.size"], CultureInfo.InvariantCulture)));
        Assert.Contains(commits.Values, commit => commit.Trace == Caller);
        Assert.DoesNotContain(spans, span => span.Attributes.Values.Contains("/health/ready"));
    }

    [Fact]
    public async Task The_operators_words_for_the_program_and_the_collector_hold()
    {
        await using var collector = await Collector.StartAsync();
        using var site = await StartAsync(
            [
                .. collector.Settings, ("OTEL_SERVICE_NAME", "loans-north"),
                ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=trial"), ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=k-123"),
            ]);
        using var client = new HttpClient { BaseAddress = site.Address };
        await client.GetAsync("/models", Stop);

        var span = await collector.Until(c => c.Spans.FirstOrDefault(span => span.Name == "GET models"));

        Assert.Equal(
            ("loans-north", "trial"), (span.Resource["service.name"], span.Resource["deployment.environment.name"]));
        Assert.StartsWith("0.", span.Resource["service.version"], StringComparison.Ordinal);
        Assert.NotEmpty(span.Resource["service.instance.id"]);
        Assert.All(collector.Headers, headers => Assert.Equal("k-123", headers["api-key"]));
    }

    [Fact]
    public async Task Nothing_of_an_applicant_leaves_by_it()
    {
        await using var collector = await Collector.StartAsync();
        using var site = await StartAsync(collector.Settings);
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Add("User-Agent", "Canary/1.0");
        await FormSignIn.SignInAsync(client, _folder["data"]);
        var id = (string)(await client.PostJson("/api/predict", Applicant()).Answer())["decisionId"]!;
        await client.GetAsync($"/decisions/{id}?Canary-key=Canary-value", Stop);
        await client.GetAsync("/Canary-path?annual_inc=87654.5", Stop);
        await client.GetAsync($"/apply/peerloan?from={id}", Stop);
        await client.PostText("/api/predict", "{\"Canary\":", "application/json");

        await collector.Until(c => c.Spans.Any(s => s.Name.StartsWith("GET apply", StringComparison.Ordinal)) ? c : null);
        await collector.Until(c => Of(c.NewestPoints, "http.server.request.duration").Sum(p => p.Count) >= 5 ? c : null);
        await collector.Until(c => c.Spans.Any(IsRefused) ? c : null);

        byte[][] values = ["87654"u8.ToArray(), "Canary"u8.ToArray(), Encoding.UTF8.GetBytes(id), BitConverter.GetBytes(Income)];
        Assert.All(
            collector.Traces.Concat(collector.Metrics),
            body => Assert.All(values, value => Assert.Equal(-1, body.AsSpan().IndexOf(value))));
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.ContainsKey("client.address"));
    }

    [Fact]
    public async Task Without_a_collector_no_library_of_it_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files a process has loaded is read from /proc.");
        await using var collector = await Collector.StartAsync();
        using var off = await StartAsync([("OTEL_SERVICE_NAME", "loans-north")]);
        using var on = await StartAsync(collector.Settings, "on");
        using var client = new HttpClient { BaseAddress = off.Address };
        await client.PostJson("/api/predict", Applicant()).Answer();

        Assert.DoesNotContain("OpenTelemetry", await Maps(off), StringComparison.Ordinal);
        Assert.Contains("OpenTelemetry.dll", await Maps(on), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "allowed is the address of a collector")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "udp", "allowed are grpc and http/protobuf")]
    public async Task A_setting_that_cannot_be_used_stops_the_start(string name, string value, string said)
    {
        var (exitCode, _, error) = await SiteProcess.RunAsync(_folder["data"], _products, (name, value));

        Assert.Equal(1, exitCode);
        Assert.Contains($"{name} is '{value}'; {said}", error, StringComparison.Ordinal);
    }

    private static string Everything(Collector collector) =>
        string.Concat(collector.Traces.Concat(collector.Metrics).Select(Encoding.Latin1.GetString));

    private static JsonObject Applicant() => ApiCalls.Applicant(("annual_inc", Income));

    private static IEnumerable<OtlpPoint> Of(IEnumerable<OtlpPoint> points, string name) => points.Where(point => point.Name == name);

    private static double Sum(IEnumerable<OtlpPoint> points, string name) => Of(points, name).Sum(point => point.Value);

    private static bool IsRefused(OtlpSpan span) =>
        span.Name == "POST api/predict" && span.Attributes["http.response.status_code"] == "400";

    private static Task<string> Maps(SiteProcess site) => File.ReadAllTextAsync($"/proc/{site.Id}/maps", Stop);

    private static async Task SendTraced(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/predict") { Content = JsonContent.Create(Applicant()) };
        request.Headers.Add("traceparent", $"00-{Caller}-00f067aa0ba902b7-01");
        using var answer = await client.SendAsync(request, Stop);
        answer.EnsureSuccessStatusCode();
    }

    private Task<SiteProcess> StartAsync((string Name, string Value)[] settings, string data = "data") =>
        SiteProcess.StartAsync(_folder[data], _products, [("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]);
}
