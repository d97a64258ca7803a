using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class ProductsTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_products_are_listed_with_the_model_that_serves_each()
    {
        var product = Assert.Single((await _client.GetAsync("/api/v1/products", Stop).Answer()).AsArray())!;

        Assert.Equal(
            ("peerloan", PeerLoan.Product.Name, "USD"), ((string)product["id"]!, (string)product["name"]!, (string)product["currency"]!));
        Assert.Equal(site.Service<ProductCatalog>().DecisionEngine("peerloan")!.Package.Id[..12], (string)product["model"]!["id"]!);
    }

    [Fact]
    public async Task The_features_stand_in_the_order_of_the_row_with_ranges_and_levels()
    {
        var features = (await _client.GetAsync("/api/v1/products/peerloan/features", Stop).Answer())["features"]!.AsArray();

        Assert.Equal(PeerLoan.Product.FeatureNames, features.Select(feature => (string)feature!["name"]!));
        var rate = features.Single(feature => (string)feature!["name"]! == "int_rate")!;
        Assert.Equal(("numeric", "fraction", 0.6), ((string)rate["kind"]!, (string)rate["unit"]!, (double)rate["allowed"]!["max"]!));
        var grade = features.Single(feature => (string)feature!["name"]! == "grade")!;
        Assert.Equal(["A", "B", "C", "D", "E", "F", "G"], grade["levels"]!.AsArray().Select(level => (string)level!["value"]!));
        Assert.Null(grade["allowed"]);
        Assert.Null(grade["changeable"]);
        var amount = features[0]!["changeable"]!;
        Assert.Equal(("decrease", 100.0, null), ((string)amount["direction"]!, (double)amount["step"]!, (double?)amount["most"]));
    }

    [Fact]
    public async Task The_versioned_address_decides_as_the_other_does()
    {
        var versioned = await _client.PostJson("/api/v1/products/peerloan/predict", ApiCalls.Applicant()).Answer();
        var plain = await _client.PostJson("/api/products/peerloan/predict", ApiCalls.Applicant()).Answer();
        var batch = await _client.PostJson("/api/v1/products/peerloan/predict/batch", new JsonArray(ApiCalls.Applicant())).Answer();

        Assert.Equal((double)plain["probability"]!, (double)versioned["probability"]!);
        Assert.Equal((double)plain["probability"]!, (double)batch[0]!["probability"]!);
    }

    [Fact]
    public async Task Importance_is_the_mean_contribution_that_the_serving_model_keeps()
    {
        await using var shipped = new LoanRiskSite { Products = Path.Combine(SharedFolder.Checkout, "products") };
        using var client = shipped.CreateClient();

        var answer = await client.GetAsync("/api/v1/products/peerloan/importance", Stop).Answer();

        var metrics = JsonNode.Parse(shipped.Service<ProductCatalog>().DecisionEngine("peerloan")!.Package.Text("metrics.json"))!;
        var effects = metrics["effects"]!["features"]!.AsArray().ToDictionary(
            effect => (string)effect!["name"]!, effect => (double)effect!["meanAbsolute"]!);
        var rows = answer["importance"]!.AsArray();
        Assert.Equal(
            effects.OrderByDescending(effect => effect.Value).Select(effect => effect.Key), rows.Select(row => (string)row!["feature"]!));
        Assert.All(rows, row => Assert.Equal(effects[(string)row!["feature"]!], (double)row["meanAbsoluteContribution"]!));
        Assert.Equal(1, rows.Sum(row => (double)row!["share"]!), 1e-9);
        Assert.Equal("meanAbsoluteContribution", (string)answer["measure"]!);
    }

    [Fact]
    public async Task A_model_that_keeps_no_contributions_is_told()
    {
        var problem = await _client.GetAsync("/api/v1/products/peerloan/importance", Stop).Problem(HttpStatusCode.NotFound);

        Assert.Contains("keeps no contributions of its features", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("features")]
    [InlineData("importance")]
    public async Task An_unknown_product_is_404_and_names_those_there_are(string what)
    {
        var problem = await _client.GetAsync($"/api/v1/products/nosuch/{what}", Stop).Problem(HttpStatusCode.NotFound);

        Assert.Contains("peerloan", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Without_a_model_importance_is_503_and_features_are_there()
    {
        using var folder = new TemporaryFolder();
        await using var bare = new LoanRiskSite { Products = TrainedProducts.WriteProduct(folder["bare"]) };
        using var client = bare.CreateClient();

        await client.GetAsync("/api/v1/products/peerloan/importance", Stop).Problem(HttpStatusCode.ServiceUnavailable);
        await client.GetAsync("/api/v1/products/peerloan/features", Stop).Answer();
        Assert.Null((await client.GetAsync("/api/v1/products", Stop).Answer())[0]!["model"]);
    }
}
