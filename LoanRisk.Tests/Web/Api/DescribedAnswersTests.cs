using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Jobs;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Api;
using LoanRisk.Web.Idempotency;
using LoanRisk.Web.Security;

namespace LoanRisk.Tests.Web.Api;

/// <summary>
/// Every answer that the document describes is given by a running site, and has the members, types and limits that stand there.
/// </summary>
[Slow]
public sealed class DescribedAnswersTests
{
    private const string Product = "/api/v1/products/peerloan";

    private const string Train = """{"kind": "train"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Good => ApiCalls.Applicant().ToJsonString();

    [Fact]
    public async Task Every_documented_answer_of_every_operation_is_given_and_is_as_described()
    {
        await using var open = new OpenSite();
        using var client = open.Site.CreateClient();
        var answers = new DescribedAnswers(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Stop))!);

        await Predictions(answers, client);
        await Decisions(answers, client);
        await WhatIf(answers, open.Site, client);
        await SiteWithoutData(answers, client);
        await Data(answers, client);
        await Jobs(answers, open.Site, client);
        await Challenger(answers, open.Site, client);
        await Keys(answers, open.Site);
        await ShippedModel(answers);
        await ClosedSite(answers);
        await OneOutcome(answers);
        await WithoutModel(answers);
        await TooMany(answers);
        await TooBusy(answers);

        Assert.True(answers.Problems.Count == 0, string.Join('\n', answers.Problems));
        Assert.Empty(answers.Unseen);
    }

    [Theory]
    [InlineData("""{"kind": "train"}""", "$.share is not there")]
    [InlineData("""{"kind": "train", "share": 0.5, "more": 1}""", "$.more is not described")]
    [InlineData("""{"kind": "train", "share": "0.5"}""", "$.share is of type string; described is number")]
    [InlineData("""{"kind": null, "share": 0.5}""", "$.kind is of type null; described is string")]
    [InlineData("""{"kind": "dance", "share": 0.5}""", "$.kind is none of the enumeration: \"dance\"")]
    [InlineData("""{"kind": "train", "share": 1.5}""", "$.share is too large: 1.5")]
    [InlineData("""{"kind": "train", "share": 1, "days": ["2026-11-01", "soon"]}""", "$.days[1] is not of its format: \"soon\"")]
    [InlineData("""{"kind": "train", "share": 1, "days": ["2026-11-01"]}""", null)]
    public void An_answer_that_is_not_as_described_is_noticed(string answer, string? problem)
    {
        var schema = JsonNode.Parse("""
            {
              "type": "object",
              "required": ["kind", "share"],
              "properties": {
                "kind": { "type": "string", "enum": ["train", "tune"] },
                "share": { "type": "number", "minimum": 0, "maximum": 1 },
                "days": { "type": ["array", "null"], "items": { "type": "string", "format": "date" } }
              }
            }
            """)!;

        var problems = new AnswerSchema(new JsonObject()).Problems(JsonNode.Parse(answer), schema);

        Assert.Equal(problem is null ? [] : [problem], problems);
    }

    private static async Task Keys(DescribedAnswers answers, LoanRiskSite site)
    {
        using var client = site.CreateClient();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        var (request, underWay) = (new RequestKey(site.KeyName, "k"), site.Service<RequestsUnderWay>());
        var addresses = answers.Addresses.Where(operation => operation.Method == "POST").Select(operation => operation.Address).ToList();

        Assert.True(underWay.TryBegin(request));
        foreach (var address in addresses)
        {
            await answers.Post(client, address, Good, 409);
        }

        underWay.End(request);
        await site.Service<DecisionStore>().SaveAsync(
            [], new GivenAnswer(request, new byte[32], DateTimeOffset.UtcNow, 200, null, null, []), Stop);
        foreach (var address in addresses)
        {
            await answers.Post(client, address, Good, 422);
        }
    }

    private static async Task Predictions(DescribedAnswers answers, HttpClient client)
    {
        foreach (var address in new[] { "/api/predict", "/api/products/peerloan/predict", $"{Product}/predict" })
        {
            await answers.Post(client, address, Good, 200);
            await answers.Post(
                client, $"{address}?explain=true", ApiCalls.Applicant(("dti", 900), ("revol_util", null)).ToJsonString(), 200);
            await answers.Post(client, address, "{}", 400);
            await answers.Post(client, address, $$"""{"x": "{{new string('x', PredictController.MaxApplicationBytes)}}"}""", 413);
            await answers.Post(client, address, Good, 415, "text/plain");
        }

        foreach (var address in new[] { "/api/products/peerloan/predict/batch", $"{Product}/predict/batch" })
        {
            await answers.Post(client, $"{address}?explain=true", $"[{Good}, {{}}, 3]", 200);
            await answers.Post(client, address, "{}", 400);
            await answers.Post(client, address, $"[{string.Join(',', Enumerable.Repeat("{}", PredictController.MaxBatch + 1))}]", 413);
            await answers.Post(client, address, $"[{Good}]", 415, "text/plain");
        }

        var query = string.Join('&', PeerLoan.Values().Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!)}"));
        foreach (var address in new[] { "/api/predict", "/api/products/peerloan/predict" })
        {
            await answers.Get(client, $"{address}?{query}", 200);
            await answers.Get(client, address, 400);
        }

        await answers.Post(
            client,
            "/api/predict",
            new JsonObject(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"x{i}", (JsonNode?)i))).ToJsonString(),
            400);
    }

    private static async Task Decisions(DescribedAnswers answers, HttpClient client)
    {
        var address = $"/api/v1/decisions/{(string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!}";
        await answers.Get(client, address, 200);
        await answers.Get(client, $"{address}?explain=perhaps", 400);
        await answers.Get(client, "/api/v1/decisions/nobody", 404);
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var report = $$"""{"bad": true, "observedOn": "{{today}}", "source": "ledger"}""";
        await answers.Post(client, $"{address}/outcome", report, 200);
        await answers.Get(client, $"{address}?explain=true", 200);
        await answers.Post(client, $"{address}/outcome", "{}", 400);
        await answers.Post(client, "/api/v1/decisions/nobody/outcome", report, 404);
        await answers.Post(client, $"{address}/outcome", new string(' ', DecisionsController.MaxReportBytes + 1), 413);
        await answers.Post(client, $"{address}/outcome", report, 415, "text/plain");
    }

    private static async Task WhatIf(DescribedAnswers answers, LoanRiskSite site, HttpClient client)
    {
        var declined = ApplicationsToChange.Declined.ToJsonString();
        foreach (var address in new[] { "/api/products/peerloan", Product }.SelectMany(p => new[] { $"{p}/whatif", $"{p}/recourse" }))
        {
            await answers.Post(client, address, declined, 200);
            await answers.Post(client, address, Good, 200);
            await answers.Post(client, address, "{}", 400);
            await answers.Post(client, address, $$"""{"x": "{{new string('x', PredictController.MaxApplicationBytes)}}"}""", 413);
            await answers.Post(client, address, Good, 415, "text/plain");
        }

        await answers.Post(client, $"{Product}/whatif?explain=true", Good, 200);
        var decision = await client.PostJson("/api/predict", ApplicationsToChange.Declined).Answer();
        await answers.Get(client, $"/api/v1/decisions/{decision["decisionId"]}/recourse", 200);
        await answers.Get(client, "/api/v1/decisions/nobody/recourse", 404);
        var gone = SyntheticDecision.WithId("of-a-product-that-is-gone");
        await site.Service<DecisionStore>().SaveAsync([gone], Stop);
        await answers.Get(client, $"/api/v1/decisions/{gone.Id}/recourse", 409);
    }

    private static async Task SiteWithoutData(DescribedAnswers answers, HttpClient client)
    {
        await answers.Get(client, "/health/live", 200);
        await answers.Get(client, "/health/ready", 200);
        await answers.Get(client, "/api/v1/products", 200);
        await answers.Get(client, $"{Product}/features", 200);
        await answers.Get(client, $"{Product}/importance", 404);
        await answers.Get(client, $"{Product}/scoring", 404);
        await answers.Get(client, $"{Product}/challenger", 404);
        await answers.Get(client, $"{Product}/drift", 200);
        await answers.Get(client, $"{Product}/summary-statistics", 404);
        await answers.Get(client, $"{Product}/diagnostics", 200);
        await answers.Post(client, $"{Product}/jobs", Train, 409);
    }

    private static async Task Data(DescribedAnswers answers, HttpClient client)
    {
        string[] lines = [.. SyntheticLoans.Lines(seed: 3, rows: 300)];
        var spoiled = string.Join(
            '\n', lines[..200].Append(lines[201].Replace(lines[201].Split(',')[0], "much", StringComparison.Ordinal)));
        await answers.Post(client, $"{Product}/data", spoiled, 200, "text/csv");
        await answers.Post(client, $"{Product}/data", spoiled, 200, "text/csv");
        await answers.Post(client, $"{Product}/data", string.Join('\n', lines), 200, "text/csv");
        await answers.Post(client, $"{Product}/data", "no header", 400, "text/csv");
        await answers.Post(client, $"{Product}/data", "{}", 415);
        await answers.Send(client, HttpMethod.Post, $"{Product}/data", new EndlessFile(IncomingFiles.StandardMostBytes), 413);
        await answers.Get(client, $"{Product}/summary-statistics", 200);
        await answers.Get(client, $"{Product}/diagnostics", 200);
    }

    private static async Task Jobs(DescribedAnswers answers, LoanRiskSite site, HttpClient client)
    {
        var job = await answers.Post(client, $"{Product}/jobs", """{"kind": "tune", "trials": 500}""", 202);
        var address = $"/api/v1/jobs/{(string)job!["id"]!}";
        await answers.Get(client, address, 200);
        await answers.Delete(client, address, 202);
        while (site.Service<JobStore>().Find((string)job["id"]!)!.State is JobState.Queued or JobState.Running)
        {
            await Task.Delay(20, Stop);
        }

        await answers.Get(client, address, 200);
        await answers.Delete(client, address, 409);
        await answers.Get(client, "/api/v1/jobs/nobody", 404);
        await answers.Delete(client, "/api/v1/jobs/nobody", 404);
        await answers.Post(client, $"{Product}/jobs", "{}", 400);
        await answers.Post(client, $"{Product}/jobs", new string(' ', JobsController.MaxRequestBytes + 1), 413);
        await answers.Post(client, $"{Product}/jobs", Train, 415, "text/plain");
    }

    private static async Task Challenger(DescribedAnswers answers, LoanRiskSite site, HttpClient client)
    {
        var registry = CandidateModels.RegistryOf(site);
        registry.Challenge(CandidateModels.Register(registry, CandidateModels.Make(1)).Id, CandidateModels.AuditEntry);
        await answers.Get(client, $"{Product}/challenger", 200);

        var outdated = CandidateModels.Make(2, PeerLoan.Product with { SchemaVersion = "2" });
        registry.Challenge(CandidateModels.Register(registry, outdated).Id, CandidateModels.AuditEntry);
        await answers.Get(client, $"{Product}/challenger", 409);
    }

    private static async Task ShippedModel(DescribedAnswers answers)
    {
        await using var site = new LoanRiskSite { Products = Path.Combine(SharedFolder.Checkout, "products") };
        using var client = site.CreateClient();
        await answers.Get(client, $"{Product}/scoring", 200);
        await answers.Get(client, $"{Product}/importance", 200);
        await answers.Get(client, "/api/v1/products", 200);
    }

    private static async Task ClosedSite(DescribedAnswers answers)
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateStranger();
        await Everywhere(answers, client, 401);
        client.DefaultRequestHeaders.Authorization = SiteAccess.Key(site.Services, ["admin"], ["attrition"]);
        await Everywhere(answers, client, 403, except: "/api/v1/products");
    }

    private static async Task OneOutcome(DescribedAnswers answers)
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();
        using var folder = new TemporaryFolder();
        string[] lines = [.. SyntheticLoans.Lines(seed: 4, rows: 60)];
        await File.WriteAllLinesAsync(
            folder["loans.csv"], [lines[0], .. lines[1..].Where(line => line.EndsWith(",0", StringComparison.Ordinal))], Stop);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(folder.Path, []),
            site.Service<DataSetStore>(),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)),
            Stop);
        await answers.Get(client, $"{Product}/summary-statistics", 409);
    }

    private static async Task WithoutModel(DescribedAnswers answers)
    {
        using var folder = new TemporaryFolder();
        await using var site = new LoanRiskSite { Products = TrainedProducts.WriteProduct(folder["products"]) };
        using var client = site.CreateClient();
        await answers.Get(client, "/health/ready", 503);
        await answers.Get(client, "/api/v1/products", 200);
        await answers.Get(client, $"{Product}/diagnostics", 200);
        await answers.Get(client, $"{Product}/importance", 503);
        await answers.Get(client, $"{Product}/scoring", 503);
        await answers.Post(client, $"{Product}/predict", Good, 503);
    }

    private static async Task TooMany(DescribedAnswers answers)
    {
        await using var site = new LoanRiskSite { Settings = { ["LoanRisk:RequestsPerMinute"] = "1" } };
        using var client = site.CreateClient();
        using var first = await client.GetAsync("/api/v1/products", Stop);
        await Everywhere(answers, client, 429);
    }

    private static async Task TooBusy(DescribedAnswers answers)
    {
        await using var site = new LoanRiskSite { Settings = { [RequestsAtOnce.Setting] = "1" } };
        using var client = site.CreateClient();
        var limiter = site.Service<RequestsAtOnce>().Limiter!;
        using var inside = await limiter.AcquireAsync(permitCount: 1, Stop);
        using var leaves = new CancellationTokenSource();
        var waits = limiter.AcquireAsync(permitCount: 1, leaves.Token).AsTask();
        await Everywhere(answers, client, 503);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
    }

    private static async Task Everywhere(DescribedAnswers answers, HttpClient client, int status, string? except = null)
    {
        foreach (var (method, address) in answers.Addresses.Where(
            operation => operation.Address.StartsWith("/api/", StringComparison.Ordinal) && operation.Address != except))
        {
            await answers.Send(client, new HttpMethod(method), address, null, status);
        }
    }

    /// <summary>A CSV file that is larger than its limit, by its length alone.</summary>
    private sealed class EndlessFile : HttpContent
    {
        private readonly long _most;

        public EndlessFile(long most)
        {
            _most = most;
            Headers.ContentType = new("text/csv");
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = _most + 1;
            return true;
        }
    }
}
