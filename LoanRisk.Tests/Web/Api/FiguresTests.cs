using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Api;

public sealed class FiguresTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scoring_tells_the_measures_that_the_serving_model_keeps()
    {
        await using var shipped = new LoanRiskSite { Products = Path.Combine(SharedFolder.Checkout, "products") };
        using var client = shipped.CreateClient();

        var answer = await client.GetAsync("/api/v1/products/peerloan/scoring", Stop).Answer();

        var metrics = JsonNode.Parse(shipped.Service<ProductCatalog>().DecisionEngine("peerloan")!.Package.Text("metrics.json"))!;
        Assert.True(JsonNode.DeepEquals(metrics["test"], answer["test"]), $"{answer["test"]}");
        Assert.True(JsonNode.DeepEquals(metrics["testIntervals"], answer["intervals"]), $"{answer["intervals"]}");
        Assert.Equal((int)metrics["rows"]!["test"]!["loans"]!, (int)answer["rows"]!["test"]!["loans"]!);
        Assert.Equal((double)metrics["calibration"]!["slope"]!, (double)answer["calibration"]!["slope"]!);
    }

    [Fact]
    public async Task A_model_without_measures_and_a_product_without_data_are_told()
    {
        Assert.Contains("keeps no measures", (string)(await Get("scoring").Problem(HttpStatusCode.NotFound))["detail"]!);
        Assert.Contains("loanrisk ingest peerloan", (string)(await Get("summary-statistics").Problem(HttpStatusCode.NotFound))["detail"]!);
        var diagnostics = await Get("diagnostics").Answer();
        Assert.Empty(diagnostics["dataVersions"]!.AsArray());
        Assert.Null(diagnostics["missingPercent"]);
    }

    [Theory]
    [InlineData("scoring")]
    [InlineData("summary-statistics")]
    [InlineData("diagnostics")]
    public async Task An_unknown_product_is_404(string what) =>
        Assert.Contains(
            "peerloan",
            (string)(await _client.GetAsync($"/api/v1/products/nosuch/{what}", Stop).Problem(HttpStatusCode.NotFound))["detail"]!);

    [Fact]
    public async Task Statistics_and_gaps_are_those_of_the_newest_data_version()
    {
        await using var own = new LoanRiskSite();
        using var client = own.CreateClient();
        Ingest(own, seed: 3, rows: 400);
        var first = await client.GetAsync("/api/v1/products/peerloan/summary-statistics", Stop).Answer();
        Ingest(own, seed: 4, rows: 300);

        var second = await client.GetAsync("/api/v1/products/peerloan/summary-statistics", Stop).Answer();
        var diagnostics = await client.GetAsync("/api/v1/products/peerloan/diagnostics", Stop).Answer();

        Assert.Equal((1, 400), ((int)first["data"]!["version"]!, (int)first["rows"]!));
        Assert.Equal((2, 700), ((int)second["data"]!["version"]!, (int)second["rows"]!));
        Assert.Equal(PeerLoan.Product.FeatureNames, second["features"]!.AsArray().Select(column => (string)column!["name"]!));
        var gaps = second["features"]!.AsArray().ToDictionary(
            column => (string)column!["name"]!, column => (double)column!["missingPercent"]!);
        Assert.InRange(gaps["revol_util"], 1, 10);
        Assert.Equal(0, gaps["dti"]);
        Assert.Equal(gaps, diagnostics["missingPercent"]!.AsObject().ToDictionary(gap => gap.Key, gap => (double)gap.Value!));
        Assert.Equal([2, 1], diagnostics["dataVersions"]!.AsArray().Select(version => (int)version!["version"]!));
        var packages = diagnostics["packages"]!.AsArray().Select(package => (string)package!["name"]!).ToArray();
        Assert.Contains("Dapper", packages);
        Assert.Contains("Swashbuckle.AspNetCore.SwaggerUI", packages); // the site's own
        Assert.DoesNotContain("xunit.v3", packages);
        Assert.True((double)diagnostics["modelAgeDays"]! > 0);
    }

    private static void Ingest(LoanRiskSite site, int seed, int rows)
    {
        using var folder = new TemporaryFolder();
        SyntheticLoans.Write(folder["loans.csv"], seed, rows);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(folder.Path, []),
            site.Service<DataSetStore>(),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
    }

    private Task<HttpResponseMessage> Get(string what) => _client.GetAsync($"/api/v1/products/peerloan/{what}", Stop);
}
