using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class LookupTests(FilledLookupSite filled) : IClassFixture<FilledLookupSite>
{
    private const string Address = "/api/products/attrition/predict";

    private static readonly JsonObject Fields = new()
    {
        ["lastmonth_activity"] = 40, ["lastyear_activity"] = 900, ["number_of_employees"] = 25,
    };

    private readonly HttpClient _client = filled.Site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"corporation": 100002}""")]
    [InlineData("""{"corporation": "100002"}""")]
    [InlineData("""{"corporation": " 100002 "}""")]
    public async Task A_stored_row_is_scored_by_its_id_alone_as_its_fields_are(string body)
    {
        foreach (var address in (string[])[Address, "/api/v1/products/attrition/predict"])
        {
            var byId = await _client.PostText($"{address}?explain=true", body).Answer();
            var byFields = await _client.PostJson($"{Address}?explain=true", Fields.DeepClone()).Answer();

            byId["decisionId"] = byFields["decisionId"]!.DeepClone();
            Assert.True(JsonNode.DeepEquals(byId, byFields), $"{byId}\n{byFields}");
        }
    }

    [Fact]
    public async Task A_query_string_may_name_the_id_and_explain()
    {
        var answer = await _client.GetAsync($"{Address}?corporation=Acme%20%26%20Sons&explain=true", Stop).Answer();

        Assert.Equal([3.0, 700, 9], answer["contributions"]!.AsArray().Select(part => (double)part!["value"]!));
    }

    [Fact]
    public async Task The_decision_is_stored_with_the_id_and_the_data_version()
    {
        var id = (string)(await _client.PostText(Address, """{"corporation": "Acme & Sons"}""").Answer())["decisionId"]!;
        var byFields = (string)(await _client.PostJson(Address, Fields.DeepClone()).Answer())["decisionId"]!;

        var stored = await filled.Site.Service<DecisionStore>().FindAsync(id, Stop);
        Assert.Equal(["3", "700", "9"], stored!.Decision.Values);
        var answer = await _client.GetAsync($"/api/v1/decisions/{id}", Stop).Answer();
        Assert.Equal(("Acme & Sons", 1), ((string)answer["input"]!["corporation"]!, (int)answer["dataVersion"]!));
        Assert.Null((await _client.GetAsync($"/api/v1/decisions/{byFields}", Stop).Answer())["dataVersion"]);
        var page = await _client.GetStringAsync($"/decisions/{id}", Stop);
        Assert.Contains("Corporation Acme &amp; Sons, data version 1", page);
    }

    [Theory]
    [InlineData("""{"corporation": "Nobody"}""", "corporation", "notFound", "No row of data version 1 has corporation Nobody.")]
    [InlineData("""{"corporation": 100002, "number_of_employees": 5}""", "corporation", "notAlone", "alone")]
    [InlineData("""{"corporation": 100002, "shoe_size": 44}""", "corporation", "notAlone", "alone")]
    [InlineData("""{"corporation": 1, "corporation": 2}""", "corporation", "duplicate", "2 times")]
    [InlineData("""{"corporation": null}""", "corporation", "required", "empty")]
    [InlineData("""{"corporation": "  "}""", "corporation", "required", "empty")]
    [InlineData("""{"corporation": true}""", "corporation", "wrongType", "a number or a text")]
    [InlineData("""{"corporation": ["100002"]}""", "corporation", "wrongType", "a number or a text")]
    [InlineData(
        """{"corporation": "Zero"}""", "number_of_employees", "outOfRange", "The stored row no longer passes: number_of_employees must be")]
    public async Task What_cannot_be_scored_is_refused_with_the_field_and_stores_nothing(
        string body, string field, string code, string words)
    {
        var store = filled.Site.Service<DecisionStore>();
        await _client.PostJson(Address, Fields.DeepClone()).Answer();
        var newest = (await store.NewestAsync(1, cancellationToken: Stop))[0].Id;

        var error = Assert.Single(await _client.PostText(Address, body).FieldErrors());

        Assert.Equal((field, code), (error.Field, error.Code));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(newest, (await store.NewestAsync(1, cancellationToken: Stop))[0].Id);
    }

    [Fact]
    public async Task An_empty_query_parameter_and_one_with_fields_are_refused()
    {
        Assert.Equal("required", Assert.Single(await _client.GetAsync($"{Address}?corporation=", Stop).FieldErrors()).Code);
        Assert.Equal(
            "notAlone",
            Assert.Single(await _client.GetAsync($"{Address}?corporation=100002&lastyear_activity=3", Stop).FieldErrors()).Code);
    }

    [Fact]
    public async Task A_batch_may_mix_ids_and_fields_row_by_row()
    {
        var batch = new JsonArray(
            new JsonObject { ["corporation"] = 100002 },
            Fields.DeepClone(),
            new JsonObject { ["corporation"] = "Nobody" },
            new JsonObject { ["corporation"] = "Zero" });

        var rows = (await _client.PostJson($"{Address}/batch", batch).Answer()).AsArray();

        Assert.Equal([200, 200, 400, 400], rows.Select(row => (int)row!["status"]!));
        Assert.Equal((double)rows[1]!["probability"]!, (double)rows[0]!["probability"]!);
        Assert.Equal(["notFound", "outOfRange"], rows.Skip(2).Select(row => (string)row!["errors"]![0]!["code"]!));
    }

    [Fact]
    public async Task A_product_without_a_lookup_knows_no_such_field() =>
        Assert.Contains(
            ("SK_ID_CURR", "unknownField"),
            (
                await _client.PostText("/api/products/peerloan/predict", """{"SK_ID_CURR": 100002}""").FieldErrors()).Select(error =>
                    (error.Field, error.Code)));

    [Fact]
    public async Task Without_data_the_answer_says_how_to_bring_some_and_what_joins_meanwhile_is_found()
    {
        await using var empty = new LookupSite();
        using var client = empty.Site.CreateClient();
        var none = Assert.Single(await client.PostText(Address, """{"corporation": 100002}""").FieldErrors());
        Assert.Equal("notFound", none.Code);
        Assert.Contains("loanrisk ingest attrition", none.Message, StringComparison.Ordinal);

        empty.WithRows();
        await client.PostText(Address, """{"corporation": 100002}""").Answer();
        Attrition.Ingest(empty.Site.Service<DataSetStore>(), Attrition.Product, "100002,41,900,25,0");
        var newest = await client.PostText($"{Address}?explain=true", """{"corporation": 100002}""").Answer();

        Assert.Equal(41, (double)newest["contributions"]![0]!["value"]!);
    }

    [Fact]
    public async Task Data_that_cannot_be_read_are_a_failure_whose_cause_stands_in_the_log_alone()
    {
        var log = new LogLines();
        await using var broken = new LookupSite(services => services.AddSingleton<ILoggerProvider>(log));
        broken.WithRows();
        using var client = broken.Site.CreateClient();
        Directory.Delete(broken.Site.Service<DataSetStore>().PartFolder("attrition"), recursive: true);

        var problem = await client.PostText(Address, """{"corporation": 100002}""").Problem(HttpStatusCode.ServiceUnavailable);

        Assert.Contains("Send the request again", (string)problem["detail"]!);
        Assert.DoesNotContain("/", (string)problem["detail"]!, StringComparison.Ordinal);
        var line = Assert.Single(log.Lines, line => line.Contains((string)problem["traceId"]!, StringComparison.Ordinal));
        Assert.Contains(".csv is missing", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_forms_are_described()
    {
        var document = JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json", Stop))!;
        var (schemas, paths) = (document["components"]!["schemas"]!, document["paths"]!);

        var either = paths[Address]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["oneOf"]!.AsArray();
        Assert.Equal(
            ["#/components/schemas/attrition_application", "#/components/schemas/attrition_lookup"],
            either.Select(form => (string)form!["$ref"]!));
        Assert.True(
            JsonNode.DeepEquals(
                either,
                paths[$"{Address}/batch"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["items"]!["oneOf"]));
        Assert.Equal(["corporation"], schemas["attrition_lookup"]!["required"]!.AsArray().Select(name => (string)name!));
        var parameters = paths[Address]!["get"]!["parameters"]!.AsArray();
        Assert.Contains("corporation", parameters.Select(parameter => (string)parameter!["name"]!));
        Assert.DoesNotContain(parameters, parameter => (bool?)parameter!["required"] == true);
        Assert.Null(schemas["peerloan_lookup"]);
        Assert.NotNull(
            paths["/api/products/peerloan/predict"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]);
    }
}
