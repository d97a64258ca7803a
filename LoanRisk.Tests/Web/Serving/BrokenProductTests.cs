using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>One broken product file keeps no other product out, and is told with its place wherever somebody may look.</summary>
[Slow]
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
        var problem = await site.CreateClient()
            .PostJson("/api/products/gg/predict", ApiCalls.Applicant())
            .Problem(HttpStatusCode.ServiceUnavailable);

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

        var report = string.Join('\n', StartReport.Lines(site.Services, ["http://localhost:5080"]));

        Assert.Contains("Product peerloan: model ", report);
        Assert.Contains($"Product gg: NOT SERVED. products/gg/product.json, {Fault}", report);
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
        Assert.Contains(
            "This is not JSON", WebUtility.HtmlDecode(await client.GetStringAsync("/models", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_list_of_products_names_the_broken_one_with_its_problem_and_no_model()
    {
        await using var site = new LoanRiskSite { Products = WithBroken() };

        var products = (await site.CreateClient().GetAsync("/api/v1/products", TestContext.Current.CancellationToken).Answer()).AsArray();

        Assert.Equal(["gg", "peerloan"], products.Select(product => (string)product!["id"]!));
        Assert.Contains(Fault, (string)products[0]!["problem"]!);
        Assert.Null(products[0]!["model"]);
        Assert.Null(products[0]!["name"]);
        Assert.Null(products[1]!["problem"]);
        Assert.NotNull(products[1]!["model"]);
    }

    [Fact]
    public async Task A_product_that_is_mended_while_the_site_runs_is_served_without_a_restart()
    {
        var products = WithBroken();
        await using var site = new LoanRiskSite { Products = products };
        using var client = site.CreateClient();
        await client.PostJson("/api/products/gg/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.ServiceUnavailable);

        var file = Path.Combine(products, "gg", "product.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        json["schemaVersion"] = "1";
        await File.WriteAllTextAsync(file, json.ToJsonString(), TestContext.Current.CancellationToken);
        await UntilAsync(() => site.Service<ProductCatalog>().Find("gg") is not null && site.Service<ProductCatalog>().Broken.Count == 0);

        var listed = (await client.GetAsync("/api/v1/products", TestContext.Current.CancellationToken).Answer())[0]!;
        Assert.Equal(("gg", null), ((string)listed["id"]!, (string?)listed["problem"]));
        Assert.NotNull(listed["name"]);
        CandidateModels.Promote(
            CandidateModels.RegistryOf(site),
            CandidateModels.Make(3, PeerLoan.Product with { Id = "gg" }),
            PeerLoan.Product with { Id = "gg" });
        await UntilAsync(() => site.Service<ProductCatalog>().DecisionEngine("gg") is not null);
        Assert.Equal(HttpStatusCode.OK, (await client.PostJson("/api/products/gg/predict", ApiCalls.Applicant())).StatusCode);
    }

    [Fact]
    public async Task A_product_whose_folder_is_removed_while_the_site_runs_is_served_on_and_told_once_until_it_is_back()
    {
        var products = TrainedProducts.WriteTo(_folder["removed", "products"]);
        var log = new LogLines();
        await using var site = new LoanRiskSite { Products = products, Replace = services => services.AddSingleton<ILoggerProvider>(log) };
        using var client = site.CreateClient();

        Directory.Move(Path.Combine(products, "peerloan"), _folder["aside"]);
        await UntilAsync(() => site.Service<ProductCatalog>().Broken.Count == 1);
        await Task.Delay(2_500, TestContext.Current.CancellationToken);

        var (ready, listed) =
            (
                await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken),
                (await client.GetAsync("/api/v1/products", TestContext.Current.CancellationToken).Answer())[0]!);
        Assert.Contains("peerloan was removed while the site runs", ready);
        Assert.Contains("is served as it was read, and will not be after a restart", (string)listed["problem"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.PostJson("/api/predict", ApiCalls.Applicant())).StatusCode);
        Assert.Single(log.Lines, line => line.Contains("was removed while the site runs", StringComparison.Ordinal));

        Directory.Move(_folder["aside"], Path.Combine(products, "peerloan"));
        await UntilAsync(() => site.Service<ProductCatalog>().Broken.Count == 0);
        Assert.Contains(log.Lines, line => line.Contains("can be read again. It is served as before.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_console_works_on_the_others_and_names_the_place_when_asked_for_the_broken_one()
    {
        var products = WithBroken();

        var other = await TestConsole.RunInAsync(_folder["data"], products, ["models", "list"]);
        var broken = await TestConsole.RunInAsync(
            _folder["data"], products, ["generate", "gg", "--rows", "5", "--seed", "1", "--out", _folder["rows.csv"]]);

        Assert.Equal((0, 1), (other.ExitCode, broken.ExitCode));
        Assert.Contains("peerloan", other.Output);
        Assert.Contains($"Product gg is not served: products/gg/product.json, {Fault}", other.Error);
        Assert.Contains($"Product gg cannot be used: products/gg/product.json, {Fault}", broken.Error);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var wait = 0; wait < 300 && !isSo(); wait++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.True(isSo());
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
