using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Loans;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class AddressTests(OpenSite open) : IClassFixture<OpenSite>
{
    private readonly HttpClient _client = open.Site.CreateClient(new() { AllowAutoRedirect = false });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("//api")]
    [InlineData("//api/predict")]
    [InlineData("/%20/api/predict")]
    [InlineData("/api//predict")]
    [InlineData("/api/")]
    [InlineData("/api/%20")]
    [InlineData("/api/products//predict")]
    [InlineData("/%20")]
    [InlineData("//")]
    [InlineData("/%09/")]
    [InlineData("/health/nothing")]
    [InlineData("/openapi/v2.json")]
    public async Task An_address_that_a_program_put_together_wrongly_is_a_problem_in_JSON(string address)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_client.BaseAddress!.GetLeftPart(UriPartial.Authority) + address));

        var problem = await _client.SendAsync(request, Stop).Problem(HttpStatusCode.NotFound);

        Assert.Equal("Not Found", (string)problem["title"]!);
    }

    [Theory]
    [InlineData("/apis")]
    [InlineData("/nothing/api")]
    [InlineData("/apply/api")]
    public async Task Other_addresses_have_a_page(string address)
    {
        using var response = await _client.GetAsync(address, Stop);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Every_problem_has_the_title_of_its_status()
    {
        var refused = new List<HttpResponseMessage>
        {
            await _client.PostText("/api/predict", "{"),
            await _client.PostText("/api/predict", "{}", "text/plain"),
            await _client.PostText("/api/predict", "\"" + new string('x', 70_000) + "\""),
            await _client.GetAsync("/api/nothing", Stop),
            await _client.PutAsync("/api/predict", null, Stop),
            await _client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "train"}"""), // no data: 409
            await _client.GetAsync("/api/v1/products/peerloan/summary-statistics", Stop),
            await _client.GetAsync("/api/v1/products/peerloan/challenger", Stop),
        };
        await using var closed = new LoanRiskSite();
        using var stranger = closed.CreateStranger();
        refused.Add(await stranger.GetAsync("/api/v1/products", Stop));
        stranger.DefaultRequestHeaders.Authorization = SiteAccess.Key(closed.Services, ["score"]);
        refused.Add(await stranger.PostText("/api/v1/products/peerloan/jobs", "{}"));

        foreach (var response in refused)
        {
            var problem = await Task.FromResult(response).Problem(response.StatusCode);
            Assert.Equal(ReasonPhrases.GetReasonPhrase((int)response.StatusCode), (string)problem["title"]!);
        }

        Assert.Equal([400, 401, 403, 404, 405, 409, 413, 415], refused.Select(response => (int)response.StatusCode).Distinct().Order());
    }

    [Fact]
    public async Task Every_address_answers_HEAD_like_GET_exactly_where_it_allows_HEAD()
    {
        await using var own = new OpenSite();
        using var client = own.Site.CreateClient();
        Ingest(own.Site);
        var decision = (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;
        using var asked = await client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "train"}""");
        var job = (string)JsonNode.Parse(await asked.Content.ReadAsStringAsync(Stop))!["id"]!;
        string[] read =
        [
            .. own.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(
                route => Allows(route, "GET") && !route.RoutePattern.RawText!.Contains("error/", StringComparison.Ordinal))
                .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')
                    .Replace(
                        "jobs/{id}", "jobs/" + job, StringComparison.Ordinal).Replace("{product}", "peerloan", StringComparison.Ordinal)
                    .Replace(
                        "models/{id}",
                        "models/" + TrainedProducts.Champion.Id,
                        StringComparison.Ordinal).Replace("{id}", decision, StringComparison.Ordinal)),
            "/", "/decisions", $"/decisions/{decision}", "/models", "/apply/peerloan", "/swagger/index.html", "/swagger/swagger-ui.css",
            "/swagger", "/nowhere", "/api/nowhere",
        ];

        foreach (var address in read.Distinct().Where(address => !address.Contains('{')))
        {
            using var get = await client.GetAsync(address, Stop);
            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Stop);
            if (head.StatusCode == HttpStatusCode.MethodNotAllowed && get.StatusCode != head.StatusCode)
            {
                Assert.DoesNotContain("HEAD", head.Content.Headers.Allow);
                Assert.EndsWith("/predict", address, StringComparison.Ordinal); // a decision that nobody reads
            }
            else
            {
                Assert.True(get.StatusCode == head.StatusCode, $"{address}: GET {get.StatusCode}, HEAD {head.StatusCode}");
                Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            }
        }

        Assert.True(read.Length > 25, string.Join(' ', read));
    }

    [Theory]
    [InlineData("/api/v1/products", "GET, HEAD")]
    [InlineData("/api/v1/decisions/0000", "GET, HEAD")]
    [InlineData("/api/v1/jobs/0000", "DELETE, GET, HEAD")]
    [InlineData("/health/live", "GET, HEAD")]
    [InlineData("/health/ready", "GET, HEAD")]
    [InlineData("/openapi/v1.json", "GET, HEAD")]
    public async Task Another_method_is_refused_with_those_there_are(string address, string allowed)
    {
        using var response = await _client.PatchAsync(address, null, Stop);

        await Task.FromResult(response).Problem(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    private static bool Allows(RouteEndpoint route, string method) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods || methods.HttpMethods.Contains(method);

    private static void Ingest(LoanRiskSite site)
    {
        using var folder = new TemporaryFolder();
        SyntheticLoans.Write(folder["loans.csv"], seed: 3, rows: 60);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(folder.Path, []),
            site.Service<DataSetStore>(),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
    }
}
