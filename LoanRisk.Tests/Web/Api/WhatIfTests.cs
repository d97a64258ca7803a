using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class WhatIfTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private const string Product = "/api/products/peerloan";

    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("?explain=true")]
    public async Task What_if_answers_as_predict_does_and_stores_nothing(string query)
    {
        var before = await Count();
        var whatIf = (await _client.PostJson($"{Product}/whatif{query}", ApiCalls.Applicant()).Answer()).AsObject();
        Assert.Equal(before, await Count());
        var predicted = (await _client.PostJson($"{Product}/predict{query}", ApiCalls.Applicant()).Answer()).AsObject();

        Assert.False((bool)whatIf["stored"]!);
        whatIf.Remove("stored");
        predicted.Remove("decisionId");
        Assert.True(JsonNode.DeepEquals(whatIf, predicted), $"{whatIf}\n{predicted}");
    }

    [Theory]
    [InlineData("whatif")]
    [InlineData("recourse")]
    public async Task Wrong_fields_are_named_and_so_is_an_unknown_product(string call)
    {
        var errors = await _client.PostJson($"{Product}/{call}", ApiCalls.Applicant(("dti", "much"), ("grade", "Z"))).FieldErrors();
        Assert.Equal(["grade", "dti"], errors.Select(error => error.Field));
        await _client.PostJson($"/api/products/boats/{call}", ApiCalls.Applicant()).Problem(HttpStatusCode.NotFound);
        await _client.PostText($"{Product}/{call}", "[]").Problem(HttpStatusCode.BadRequest);
        await _client.PostJson($"{Product}/whatif?explain=perhaps", ApiCalls.Applicant()).Problem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Each_change_that_is_told_is_what_predict_decides()
    {
        var before = await Count();
        var answer = await _client.PostJson($"{Product}/recourse", ApplicationsToChange.Declined).Answer();
        Assert.Equal(before, await Count());

        Assert.Equal("decline", (string)answer["decision"]!);
        Assert.Null(answer["decisionId"]);
        Assert.Null(answer["isAsDecided"]);
        var best = answer["goals"]![0]!["best"]!;
        var change = Assert.Single(best["changes"]!.AsArray())!;
        Assert.Equal(("annual_inc", 4000.0), ((string)change["field"]!, (double)change["from"]!));
        var changed = ApiCalls.Applicant(("annual_inc", (double)change["to"]!));
        var decided = await _client.PostJson($"{Product}/whatif", changed).Answer();
        Assert.Equal(
            ((string)best["decision"]!, (double)best["probability"]!), ((string)decided["decision"]!, (double)decided["probability"]!));
        Assert.Equal("smallest", (string)answer["goals"]![0]!["proof"]!);
        Assert.StartsWith("Yearly income $", (string)change["text"]!);
    }

    [Fact]
    public async Task An_approval_has_no_goals_and_what_stands_in_the_way_is_named()
    {
        var rule = await _client.PostJson($"{Product}/recourse", ApiCalls.Applicant(("delinq_2yrs", 13))).Answer();
        Assert.All(rule["goals"]!.AsArray(), goal => Assert.Equal(
            ("none", "More than 12 late payments in the last two years."), ((string)goal!["proof"]!, (string)goal["obstacle"]!)));

        var safe = ApiCalls.Applicant(
            ("int_rate", 0.06), ("grade", "A"), ("dti", 2.0), ("annual_inc", 190_000), ("revol_util", 0.05), ("loan_amnt", 2_000));
        var approved = await _client.PostJson($"{Product}/recourse", safe).Answer();
        Assert.Equal("approve", (string)approved["decision"]!);
        Assert.Empty(approved["goals"]!.AsArray());
    }

    [Fact]
    public async Task A_stored_decision_is_asked_of_the_model_that_made_it()
    {
        var decision = await _client.PostJson("/api/predict", ApplicationsToChange.Declined).Answer();

        var answer = await _client.GetAsync($"/api/v1/decisions/{decision["decisionId"]}/recourse", Stop).Answer();

        Assert.Equal((string)decision["decisionId"]!, (string)answer["decisionId"]!);
        Assert.True((bool)answer["isAsDecided"]!);
        Assert.True(JsonNode.DeepEquals(decision["model"], answer["model"]));
        Assert.Equal(PeerLoan.Product.Policy.Version, (string)answer["policyVersion"]!);
    }

    [Fact]
    public async Task A_former_model_is_asked_as_long_as_it_is_kept_and_the_serving_one_after_that()
    {
        await using var other = new LoanRiskSite();
        using var client = other.CreateClient();
        var registry = CandidateModels.RegistryOf(other);
        var former = CandidateModels.Register(registry, CandidateModels.Make(1));
        var id = (string)(await client.PostJson("/api/predict", ApplicationsToChange.Declined).Answer())["decisionId"]!;
        var stored = (await other.Service<DecisionStore>().FindAsync(id, Stop))!;
        var (kept, lost) = (By(stored, "kept", former.Id[..12]), By(stored, "lost", "0123456789ab"));
        await other.Service<DecisionStore>().SaveAsync([kept, lost], Stop);

        var byFormer = await client.GetAsync($"/api/v1/decisions/{kept.Id}/recourse", Stop).Answer();
        var byServing = await client.GetAsync($"/api/v1/decisions/{lost.Id}/recourse", Stop).Answer();

        Assert.Equal((former.Id[..12], true), ((string)byFormer["model"]!["id"]!, (bool)byFormer["isAsDecided"]!));
        Assert.Equal((stored.Decision.Model.Id, false), ((string)byServing["model"]!["id"]!, (bool)byServing["isAsDecided"]!));
    }

    [Fact]
    public async Task What_cannot_be_decided_again_is_said()
    {
        var gone = SyntheticDecision.WithId("gone");
        await site.Service<DecisionStore>().SaveAsync([gone], Stop);

        var problem = await _client.GetAsync($"/api/v1/decisions/{gone.Id}/recourse", Stop).Problem(HttpStatusCode.Conflict);
        Assert.Contains("no longer on offer", (string)problem["detail"]!);
        await _client.GetAsync("/api/v1/decisions/nobody/recourse", Stop).Problem(HttpStatusCode.NotFound);
    }

    private static StoredDecision By(StoredDecision stored, string id, string model) => stored with
    {
        Id = id, Decision = stored.Decision with { Model = stored.Decision.Model with { Id = model } },
    };

    private async Task<int> Count() => (await site.Service<DecisionStore>().NewestAsync(1_000, null, null, Stop)).Count;
}
