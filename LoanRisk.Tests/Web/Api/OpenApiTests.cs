using System.Text.Json.Nodes;
using LoanRisk.Tests.Loans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Api;

public sealed class OpenApiTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// A wanted change of the contract is taken over by running this test with LOANRISK_ACCEPT=1 and committing the file.
    /// </summary>
    [Fact]
    public async Task The_contract_is_the_committed_one()
    {
        var file = Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "Web", "Api", "openapi.v1.json");
        var actual = (await Document()).ToJsonString(
            new()
            {
                WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }) + "\n";
        if (Environment.GetEnvironmentVariable("LOANRISK_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(file, actual, Stop);
        }

        Assert.True(
            await File.ReadAllTextAsync(file, Stop) == actual,
            $"The API's contract differs from {file}. If that is wanted, run this test with LOANRISK_ACCEPT=1 and commit the file.");
    }

    [Fact]
    public async Task Every_route_of_the_API_is_described_with_its_methods()
    {
        var paths = (await Document())["paths"]!.AsObject();
        var described = paths.SelectMany(
            path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));

        var routes = site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Where(method => method != HttpMethods.Head) // the same as GET
                .Select(method => $"{method} /{route.RoutePattern.RawText!.Replace("{product}", "peerloan", StringComparison.Ordinal)}"));

        Assert.Equal(
            routes.Order(StringComparer.Ordinal),
            described.Where(path => path.Contains(" /api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_field_is_described_with_its_range_or_levels()
    {
        var schema = (await Document())["components"]!["schemas"]!["peerloan_application"]!;

        Assert.Equal(
            PeerLoan.Product.Features.Select(feature => feature.Name).Append("reference"),
            schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.DoesNotContain("revol_util", schema["required"]!.AsArray().Select(name => (string)name!));
        Assert.Contains("dti", schema["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(0.6, (double)schema["properties"]!["int_rate"]!["maximum"]!);
        Assert.Equal(
            ["A", "B", "C", "D", "E", "F", "G"], schema["properties"]!["grade"]!["enum"]!.AsArray().Select(level => (string)level!));
        Assert.Contains(
            "small_business", schema["properties"]!["purpose"]!["anyOf"]![0]!["enum"]!.AsArray().Select(level => (string)level!));
    }

    [Fact]
    public async Task The_described_examples_are_decided()
    {
        var examples =
            (await Document())["paths"]!["/api/predict"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();

        Assert.Equal(PeerLoan.Product.Examples.Count, examples.Count);
        foreach (var (_, example) in examples)
        {
            await _client.PostJson("/api/predict", example!["value"]!).Answer();
        }
    }

    [Fact]
    public async Task An_explained_answer_has_the_members_that_are_described()
    {
        var described = (await Document())["components"]!["schemas"]!["prediction"]!["properties"]!.AsObject();

        var answer = await _client.PostJson("/api/predict?explain=true", ApiCalls.Applicant(("reference", "4711"))).Answer();

        Assert.Equal(answer.AsObject().Select(member => member.Key), described.Select(member => member.Key));
        Assert.Equal(
            answer["contributions"]![0]!.AsObject().Select(member => member.Key),
            described["contributions"]!["items"]!["properties"]!.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("/swagger/index.html", "text/html")]
    [InlineData("/swagger/index.js", "javascript")]
    [InlineData("/swagger/swagger-ui-bundle.js", "javascript")]
    [InlineData("/swagger/swagger-ui.css", "text/css")]
    public async Task Swagger_UI_is_served_from_here(string address, string type)
    {
        using var response = await _client.GetAsync(address, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains(type, response.Content.Headers.ContentType!.MediaType!);
        Assert.NotEmpty(text);
        if (type == "text/html")
        {
            Assert.DoesNotMatch("<style|<script>|src=\"http|href=\"http", text);
        }
    }

    private async Task<JsonNode> Document() => JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json", Stop))!;
}
