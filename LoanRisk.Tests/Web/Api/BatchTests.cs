using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Web.Api;

public sealed class BatchTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private const string Address = "/api/products/peerloan/predict/batch";

    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_row_is_answered_in_its_place_errors_included()
    {
        var batch = new JsonArray(
            ApiCalls.Applicant(), ApiCalls.Applicant(("dti", -1), ("colour", "red")), 7, ApiCalls.Applicant(("dti", 30)));

        var rows = (await _client.PostJson(Address, batch).Answer()).AsArray();

        Assert.Equal([0, 1, 2, 3], rows.Select(row => (int)row!["index"]!));
        Assert.Equal([200, 400, 400, 200], rows.Select(row => (int)row!["status"]!));
        Assert.Equal(["dti", "colour"], rows[1]!["errors"]!.AsArray().Select(error => (string)error!["field"]!));
        Assert.Contains("JSON object", (string)rows[2]!["errors"]![0]!["message"]!);
        var stored = await site.Service<DecisionStore>().FindAsync((string)rows[3]!["decisionId"]!, Stop);
        Assert.Equal(Origin.Batch, stored!.Origin);
        Assert.Equal("30", stored.Input.Single(field => field.Key == "dti").Value);
        Assert.Equal(stored.Decision.Probability, (double)rows[3]!["probability"]!);
    }

    [Fact]
    public async Task A_row_is_answered_as_it_would_be_alone()
    {
        var alone = await _client.PostJson("/api/predict?explain=true", ApiCalls.Applicant()).Answer();
        var row = (await _client.PostJson($"{Address}?explain=true", new JsonArray(ApiCalls.Applicant())).Answer())[0]!.AsObject();

        Assert.Equal(["index", "status", .. alone.AsObject().Select(member => member.Key)], row.Select(member => member.Key));
        row.Remove("index");
        row.Remove("status");
        row["decisionId"] = alone["decisionId"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(alone, row), $"{alone}\n{row}");
    }

    [Fact]
    public async Task A_thousand_are_answered_and_stored_together()
    {
        var store = site.Service<DecisionStore>();
        var before = store.Commits;

        var rows = (await _client.PostJson(Address, Many(1000)).Answer()).AsArray();

        Assert.Equal(1000, rows.Select(row => (string)row!["decisionId"]!).Distinct().Count());
        Assert.Equal(1, store.Commits - before);
    }

    [Fact]
    public async Task One_more_is_too_many()
    {
        var problem = await _client.PostJson(Address, Many(1001)).Problem(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("1,001", (string)problem["detail"]!);
    }

    [Fact]
    public async Task None_is_answered_with_none() => Assert.Empty((await _client.PostJson(Address, new JsonArray()).Answer()).AsArray());

    [Fact]
    public async Task What_is_no_array_is_refused()
    {
        var problem = await _client.PostJson(Address, ApiCalls.Applicant()).Problem(HttpStatusCode.BadRequest);

        Assert.Contains("array", (string)problem["detail"]!);
    }

    [Fact]
    public async Task An_unknown_product_is_refused() =>
        await _client.PostJson("/api/products/carloan/predict/batch", new JsonArray()).Problem(HttpStatusCode.NotFound);

    private static JsonArray Many(int count) =>
        new([.. Enumerable.Range(0, count).Select(i => (JsonNode)ApiCalls.Applicant(("loan_amnt", 1000 + i)))]);
}
