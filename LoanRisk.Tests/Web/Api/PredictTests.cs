using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LoanRisk.Tests.Web.Api;

public sealed class PredictTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_has_the_promised_members_in_order_and_no_others()
    {
        var answer = await _client.PostJson("/api/predict", ApiCalls.Applicant(("dti", 45.5))).Answer();

        Assert.Equal(
            ["decisionId", "product", "probability", "decision", "thresholds", "reasons", "favourable", "warnings", "model"],
            answer.AsObject().Select(member => member.Key));
        Assert.Equal(["approveBelow", "declineFrom"], answer["thresholds"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["feature", "text", "contribution"], answer["reasons"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal(["field", "message"], answer["warnings"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal("dti", (string)answer["warnings"]![0]!["field"]!);
        Assert.Equal(["id", "version", "trainedAt"], answer["model"]!.AsObject().Select(member => member.Key));
        Assert.Equal("2026-11-20T09:30:00Z", (string)answer["model"]!["trainedAt"]!);
        Assert.Equal("peerloan", (string)answer["product"]!);
        Assert.Matches("^(approve|refer|decline)$", (string)answer["decision"]!);
        Assert.Equal(PeerLoan.Product.Policy.ApproveBelow, (double)answer["thresholds"]!["approveBelow"]!);
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{36}$", (string)answer["decisionId"]!);
    }

    [Fact]
    public async Task The_answer_is_what_the_underwriter_says_and_what_is_stored()
    {
        var expected = site.Service<ProductCatalog>().DecisionEngine("peerloan")!.Decide(PeerLoan.Application());

        var answer = await _client.PostJson("/api/products/peerloan/predict", ApiCalls.Applicant()).Answer();

        Assert.Equal(expected.Probability, (double)answer["probability"]!);
        var stored = await site.Service<DecisionStore>().FindAsync((string)answer["decisionId"]!, Stop);
        Assert.NotNull(stored);
        Assert.Equivalent(expected, stored.Decision, strict: true);
        Assert.Equal(Origin.Api, stored.Origin);
        Assert.Equal(PeerLoan.Values().Keys, stored.Input.Select(field => field.Key));
        Assert.Equal("0.2039", stored.Input.Single(field => field.Key == "int_rate").Value);
    }

    [Theory]
    [InlineData("/api/predict")]
    [InlineData("/api/products/peerloan/predict")]
    public async Task A_query_string_gets_the_answer_of_the_same_JSON(string address)
    {
        var query = string.Join('&', PeerLoan.Values().Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!)}"));

        var byQuery = await _client.GetAsync($"{address}?{query}&explain=true", Stop).Answer();
        var byJson = await _client.PostJson($"{address}?explain=true", ApiCalls.Applicant()).Answer();

        Assert.NotEqual((string)byQuery["decisionId"]!, (string)byJson["decisionId"]!);
        byQuery["decisionId"] = byJson["decisionId"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(byQuery, byJson), $"{byQuery}\n{byJson}");
    }

    [Fact]
    public async Task Form_and_JSON_get_the_same_decision()
    {
        var typed = PeerLoan.Values();
        (typed["int_rate"], typed["revol_util"], typed["annual_inc"]) = ("20.39", "64.7", "42,000");
        var browser = new Browser(site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

        var formId = await browser.DecideAsync(1, [.. typed.Select(field => (field.Key, field.Value!))]);
        var jsonId = (string)(await _client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;

        var store = site.Service<DecisionStore>();
        var (form, json) = (await store.FindAsync(formId, Stop), await store.FindAsync(jsonId, Stop));
        Assert.Equivalent(json!.Decision, form!.Decision, strict: true);
        Assert.Equal((Origin.Form, Origin.Api), (form.Origin, json.Origin));
        Assert.Equal("20.39", form.Input.Single(field => field.Key == "int_rate").Value);
    }

    [Fact]
    public async Task Explained_contributions_name_every_feature_and_add_up_to_the_raw_score()
    {
        var answer = await _client.PostJson("/api/predict?explain=true", ApiCalls.Applicant(("revol_util", null))).Answer();

        var contributions = answer["contributions"]!.AsArray();
        Assert.Equal(PeerLoan.Product.Features.Select(feature => feature.Name), contributions.Select(part => (string)part!["feature"]!));
        Assert.Equal(
            (double)answer["rawScore"]!, (double)answer["baseValue"]! + contributions.Sum(part => (double)part!["contribution"]!), 1e-9);
        Assert.True(contributions.Max(part => Math.Abs((double)part!["contribution"]!)) > 0.01);
        Assert.Equal(0.2039, (double)contributions.Single(part => (string)part!["feature"]! == "int_rate")!["value"]!);
        Assert.Equal("D", (string)contributions.Single(part => (string)part!["feature"]! == "grade")!["value"]!);
        Assert.Null(contributions.Single(part => (string)part!["feature"]! == "revol_util")!["value"]);
    }

    [Fact]
    public async Task A_knock_out_rule_declines_and_is_the_first_reason()
    {
        var answer = await _client.PostJson("/api/predict", ApiCalls.Applicant(("annual_inc", 5000))).Answer();

        Assert.Equal("decline", (string)answer["decision"]!);
        Assert.Equal("annual_inc", (string)answer["reasons"]![0]!["feature"]!);
    }

    [Fact]
    public async Task Answers_are_kept_nowhere_and_carry_the_security_headers()
    {
        using var response = await _client.PostJson("/api/predict", ApiCalls.Applicant());

        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_stored_each_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => _client.PostJson("/api/predict", ApiCalls.Applicant(("loan_amnt", 1000 + i))).Answer()));

        var store = site.Service<DecisionStore>();
        var amounts = new HashSet<double>();
        foreach (var answer in answers)
        {
            var stored = await store.FindAsync((string)answer["decisionId"]!, Stop);
            Assert.True(amounts.Add(stored!.Decision.Row[0]));
        }

        Assert.Equal(200, amounts.Count);
    }
}
