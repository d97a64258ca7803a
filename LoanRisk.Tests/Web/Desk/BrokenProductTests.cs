using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Desk;

/// <summary>One broken product file keeps no other product out, and is told with its place wherever somebody may look.</summary>
public sealed class BrokenProductTests : IDisposable
{
    private const string Fault = "$.schemaVersion: Expected a text, found a number.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/models")]
    [InlineData("/apply/gg")]
    [InlineData("/health/ready")]
    public async Task The_others_are_served_and_the_place_of_the_fault_is_told(string address)
    {
        await using var site = new LoanRiskSite { Products = WithBroken() };

        using var response = await site.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
        var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"products/gg/product.json, {Fault}", text);
    }

    [Fact]
    public async Task The_api_decides_for_the_others_and_answers_503_for_the_broken_one()
    {
        await using var site = new LoanRiskSite { Products = WithBroken() };

        var answer = await site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant());
        var problem = await site.CreateClient().PostJson("/api/products/gg/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Fault, (string)problem["detail"]!);
    }

    [Fact]
    public async Task A_broken_default_product_does_not_make_another_one_the_default()
    {
        var products = WithBroken();
        await using var site = new LoanRiskSite { Products = products };
        site.Settings["LoanRisk:DefaultProduct"] = "gg";

        var problem = await site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.ServiceUnavailable);
        var answer = await site.CreateClient().PostJson("/api/products/peerloan/predict", ApiCalls.Applicant());
        using var page = await site.CreateClient().GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Contains("Product gg is not served", (string)problem["detail"]!);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("schemaVersion", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_start_report_names_it()
    {
        await using var site = new LoanRiskSite { Products = WithBroken() };
        using var output = new StringWriter();

        StartReport.Write(site.Services, ["http://localhost:5080"], output);

        Assert.Contains("Product peerloan: model ", output.ToString());
        Assert.Contains($"Product gg: NOT SERVED. products/gg/product.json, {Fault}", output.ToString());
    }

    [Fact]
    public async Task A_product_whose_file_breaks_while_the_site_runs_is_served_on_and_told()
    {
        var products = TrainedProducts.WriteTo(_folder["running", "products"]);
        await using var site = new LoanRiskSite { Products = products };
        using var client = site.CreateClient();
        await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        await File.AppendAllTextAsync(Path.Combine(products, "peerloan", "product.json"), "}", TestContext.Current.CancellationToken);

        var told = "";
        for (var wait = 0; wait < 300 && !told.Contains("would not after a restart", StringComparison.Ordinal); wait++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            told = await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
        }

        Assert.Contains("This is not JSON", told);
        Assert.Equal("serving", (string)JsonNode.Parse(told)!["models"]![0]!["state"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.PostJson("/api/predict", ApiCalls.Applicant())).StatusCode);
        Assert.Contains("This is not JSON", WebUtility.HtmlDecode(await client.GetStringAsync("/models", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_console_works_on_the_others_and_names_the_place_when_asked_for_the_broken_one()
    {
        var products = WithBroken();

        var other = await TestConsole.RunInAsync(_folder["data"], products, ["models", "list"]);
        var broken = await TestConsole.RunInAsync(_folder["data"], products, ["generate", "gg", "--rows", "5", "--seed", "1", "--out", _folder["rows.csv"]]);

        Assert.Equal((0, 1), (other.ExitCode, broken.ExitCode));
        Assert.Contains("peerloan", other.Output);
        Assert.Contains($"Product gg is not served: products/gg/product.json, {Fault}", other.Error);
        Assert.Contains($"Product gg cannot be used: products/gg/product.json, {Fault}", broken.Error);
    }

    private string WithBroken()
    {
        var products = TrainedProducts.WriteTo(_folder["products"]);
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(products, "peerloan", "product.json")))!;
        json["id"] = "gg";
        json["schemaVersion"] = 1;
        Directory.CreateDirectory(Path.Combine(products, "gg"));
        File.WriteAllText(Path.Combine(products, "gg", "product.json"), json.ToJsonString());
        return products;
    }
}
