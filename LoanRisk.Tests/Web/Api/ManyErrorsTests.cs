using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Api;

namespace LoanRisk.Tests.Web.Api;

public sealed class ManyErrorsTests(OpenSite open) : IClassFixture<OpenSite>
{
    private static readonly int Required = PeerLoan.Product.Features.Count(feature => !feature.MayBeMissing);

    private readonly HttpClient _client = open.Site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_thousands_of_wrong_fields_the_first_are_named_and_the_others_counted()
    {
        var body = new JsonObject(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"f{i}", (JsonNode?)1)));

        var (problem, length) = await Refused("/api/predict", body.ToJsonString());

        Assert.Equal(20, problem["errors"]!.AsArray().Count);
        Assert.Equal(5000 + Required - 20, (int)problem["moreErrors"]!);
        Assert.Equal($"{5000 + Required:N0} fields are wrong; errors names the first 20.", (string)problem["detail"]!);
        Assert.InRange(length, 0, 16_000);
    }

    [Fact]
    public async Task A_query_string_is_answered_no_longer()
    {
        using var response = await _client.GetAsync(
            "/api/predict?" + string.Join('&', Enumerable.Range(0, 1500).Select(i => $"f{i}")), Stop);
        var problem = await Task.FromResult(response).Problem(HttpStatusCode.BadRequest);

        Assert.Equal(20, problem["errors"]!.AsArray().Count);
        Assert.True((int)problem["moreErrors"]! > 1400);
    }

    [Fact]
    public async Task Long_names_and_values_come_back_cut()
    {
        var (name, value, numbers) = (new string('n', 20_000), new string('v', 20_000), string.Join(',', Enumerable.Repeat("[1]", 2000)));
        var (problem, length) = await Refused("/api/predict", $$"""{"{{name}}": 1, "grade": "{{value}}", "dti": [{{numbers}}]}""");

        Assert.All(problem["errors"]!.AsArray(), error => Assert.InRange(((string)error!["field"]!).Length, 1, 100));
        Assert.InRange(length, 0, 8_000);
        (_, length) = await Refused("/api/v1/products/peerloan/jobs", $$"""{"{{new string('n', 4_000)}}": 1}""");
        Assert.InRange(length, 0, 1_000);
    }

    [Fact]
    public async Task Every_wrong_row_of_a_batch_names_its_first_field_and_the_batch_stays_short()
    {
        var text = "[" + string.Join(',', Enumerable.Repeat("{}", 1000)) + "]";
        using var response = await _client.PostText("/api/products/peerloan/predict/batch", text);
        var rows = (await Task.FromResult(response).Answer()).AsArray();

        Assert.Equal(Enumerable.Range(0, 1000), rows.Select(row => (int)row!["index"]!));
        Assert.All(rows, row => Assert.Equal(400, (int)row!["status"]!));
        Assert.All(rows, row => Assert.Equal(Required, row!["errors"]!.AsArray().Count + ((int?)row["moreErrors"] ?? 0)));
        Assert.InRange(rows.Sum(row => row!["errors"]!.AsArray().Count), 1000, BatchDecisions.MostErrors + 1000);
        Assert.Equal(Required, rows[0]!["errors"]!.AsArray().Count);
        Assert.Single(rows[999]!["errors"]!.AsArray());
    }

    [Fact]
    public async Task The_rejected_rows_of_a_file_are_told_up_to_twenty_and_counted()
    {
        var lines = SyntheticLoans.Lines(seed: 5, rows: 100).ToArray();
        for (var i = 1; i <= 40; i++)
        {
            lines[i] = new string('x', 1000) + lines[i];
        }

        var answer = await _client.PostText("/api/v1/products/peerloan/data", string.Join('\n', lines) + "\n", "text/csv").Answer();

        Assert.Equal((40, 20), ((int)answer["rowsRejected"]!, answer["rejected"]!.AsArray().Count));
        Assert.All(answer["rejected"]!.AsArray(), row => Assert.InRange(((string)row!["cause"]!).Length, 1, 500));
    }

    private async Task<(JsonNode Problem, int Length)> Refused(string address, string body)
    {
        using var response = await _client.PostText(address, body);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, text);
        return (JsonNode.Parse(text)!, Encoding.UTF8.GetByteCount(text));
    }
}
