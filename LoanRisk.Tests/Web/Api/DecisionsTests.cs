using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Web.Api;

public sealed class DecisionsTests(OpenSite open) : IClassFixture<OpenSite>
{
    private readonly HttpClient _client = open.Site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_decision_is_answered_as_it_was_given()
    {
        var given = (await _client.PostJson("/api/v1/products/peerloan/predict?explain=true", ApiCalls.Applicant()).Answer()).AsObject();

        var stored = (await _client.GetAsync($"/api/v1/decisions/{given["decisionId"]}?explain=true", Stop).Answer()).AsObject();

        Assert.All(
            given,
            member =>
                Assert.True(
                    JsonNode.DeepEquals(member.Value, stored[member.Key]), $"{member.Key}: {member.Value} and {stored[member.Key]}"));
        Assert.Equal("api", (string)stored["origin"]!);
        Assert.Equal("0.2039", (string)stored["input"]!["int_rate"]!);
        Assert.True(stored.ContainsKey("outcome"));
        Assert.Null(stored["outcome"]);
        Assert.False(
            (await _client.GetAsync($"/api/v1/decisions/{given["decisionId"]}", Stop).Answer()).AsObject().ContainsKey("contributions"));
    }

    [Fact]
    public async Task A_reported_outcome_is_stored_and_a_later_one_corrects_it()
    {
        var id = await Decide();

        var first = await Report(id, $$"""{"bad": true, "observedOn": "{{Day(0)}}", "source": " ledger "}""").Answer();
        await Report(id, $$"""{"bad": false, "observedOn": "{{Day(0)}}", "source": "officer"}""").Answer();

        Assert.Equal(
            (true, Day(0), "ledger"),
            ((bool)first["outcome"]!["bad"]!, (string)first["outcome"]!["observedOn"]!, (string)first["outcome"]!["source"]!));
        var now = await _client.GetAsync($"/api/v1/decisions/{id}", Stop).Answer();
        Assert.False((bool)now["outcome"]!["bad"]!);
        var kept = await open.Site.Service<DecisionStore>().OutcomeAsync(id, Stop);
        Assert.Equal((false, Day(0), "officer"), (kept!.Bad, $"{kept.ObservedOn:yyyy-MM-dd}", kept.Source));
    }

    [Theory]
    [InlineData("""{}""", "bad", "required")]
    [InlineData("""{"bad": "yes", "observedOn": "2026-11-01", "source": "x"}""", "bad", "wrongType")]
    [InlineData("""{"bad": true, "observedOn": "01.11.2026", "source": "x"}""", "observedOn", "wrongType")]
    [InlineData("""{"bad": true, "observedOn": "2926-11-01", "source": "x"}""", "observedOn", "outOfRange")]
    [InlineData("""{"bad": true, "observedOn": "2026-11-01"}""", "source", "required")]
    [InlineData("""{"bad": true, "observedOn": "2026-11-01", "source": "  "}""", "source", "wrongType")]
    [InlineData("""{"bad": true, "observedOn": "2026-11-01", "source": "x", "probability": 1}""", "probability", "unknownField")]
    [InlineData("""{"bad": true, "bad": false, "observedOn": "2026-11-01", "source": "x"}""", "bad", "duplicate")]
    public async Task A_wrong_report_is_refused_with_the_field_and_nothing_is_stored(string body, string field, string code)
    {
        var id = await Decide();

        Assert.Contains((field, code), (await Report(id, body).FieldErrors()).Select(error => (error.Field, error.Code)));

        Assert.Null(await open.Site.Service<DecisionStore>().OutcomeAsync(id, Stop));
    }

    [Fact]
    public async Task The_last_day_that_has_begun_anywhere_is_the_latest()
    {
        var id = await Decide();
        var latest = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(14));

        await Report(id, Body(latest)).Answer();
        await Report(id, Body(latest.AddDays(2))).Problem(HttpStatusCode.BadRequest);

        static string Body(DateOnly day) => $$"""{"bad": true, "observedOn": "{{day:yyyy-MM-dd}}", "source": "x"}""";
    }

    [Fact]
    public async Task An_outcome_observed_before_the_decision_is_refused_and_nothing_is_stored()
    {
        var id = await Decide();

        var error = Assert.Single(await Report(id, $$"""{"bad": true, "observedOn": "{{Day(-2)}}", "source": "x"}""").FieldErrors());

        Assert.Equal(("observedOn", "outOfRange"), (error.Field, error.Code));
        Assert.Contains("before the loan was decided about", error.Message);
        Assert.Null(await open.Site.Service<DecisionStore>().OutcomeAsync(id, Stop));
    }

    [Theory]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("""{"bad": true, "observedOn": "\ud800", "source": "x"}""")]
    [InlineData("""{"bad": true, "observedOn": "2026-11-01", "source": "\udfff"}""")]
    public async Task A_text_that_is_no_Unicode_is_refused(string body) =>
        Assert.Contains("surrogate", (string)(await Report(await Decide(), body).Problem(HttpStatusCode.BadRequest))["detail"]!);

    [Fact]
    public async Task An_unknown_decision_is_404()
    {
        await _client.GetAsync("/api/v1/decisions/0123456789abcdef", Stop).Problem(HttpStatusCode.NotFound);
        await Report("0123456789abcdef", """{"bad": true, "observedOn": "2026-11-01", "source": "x"}""").Problem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_report_at_all_is_refused()
    {
        var id = await Decide();

        await Report(id, "[]").Problem(HttpStatusCode.BadRequest);
        await Report(id, "{").Problem(HttpStatusCode.BadRequest);
        await Report(id, $"\"{new string('x', 5000)}\"").Problem(HttpStatusCode.RequestEntityTooLarge);
        await _client.PostText(
            $"/api/v1/decisions/{id}/outcome",
            "bad=true",
            "application/x-www-form-urlencoded").Problem(HttpStatusCode.UnsupportedMediaType);
        await _client.GetAsync($"/api/v1/decisions/{id}?explain=perhaps", Stop).Problem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_the_scope_nothing_is_changed_and_the_answer_says_which()
    {
        await using var closed = new LoanRiskSite();
        using var client = closed.CreateStranger();
        client.DefaultRequestHeaders.Authorization = SiteAccess.Key(closed.Services, ["score", "models"]);
        var id = (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;

        var problem = await client.PostText(
            $"/api/v1/decisions/{id}/outcome",
            """{"bad": true, "observedOn": "2026-11-01", "source": "x"}""").Problem(HttpStatusCode.Forbidden);

        Assert.Contains("lacks the scope outcomes", (string)problem["detail"]!);
        Assert.Null(await closed.Service<DecisionStore>().OutcomeAsync(id, Stop));
    }

    private static string Day(int after) => $"{DateTime.UtcNow.AddDays(after):yyyy-MM-dd}";

    private async Task<string> Decide() => (string)(await _client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;

    private Task<HttpResponseMessage> Report(string id, string body) => _client.PostText($"/api/v1/decisions/{id}/outcome", body);
}
