using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Health;

[Slow]
public sealed class HealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_site_whose_model_scores_its_golden_row_is_ready_and_names_the_model()
    {
        await using var site = new LoanRiskSite();

        var (status, answer) = await Get(site, "/health/ready");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ready", (string)answer["status"]!);
        var model = answer["models"]![0]!;
        Assert.Equal("peerloan", (string)model["product"]!);
        Assert.Equal("serving", (string)model["state"]!);
        Assert.Equal(TrainedProducts.Champion.Id[..12], (string)model["model"]!);
    }

    [Fact]
    public async Task A_site_that_only_waits_for_its_model_is_live_but_not_ready()
    {
        await using var site = new LoanRiskSite { Products = TrainedProducts.WriteProduct(_folder["untrained"]) };

        var (live, _) = await Get(site, "/health/live");
        var (ready, answer) = await Get(site, "/health/ready");

        Assert.Equal(HttpStatusCode.OK, live);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Equal("not ready", (string)answer["status"]!);
        Assert.Equal("untrained", (string)answer["models"]![0]!["state"]!);
    }

    [Theory]
    [InlineData("model.txt")]
    [InlineData("calibration.json")]
    [InlineData("manifest.json")]
    public async Task A_damaged_champion_is_refused_by_name_and_the_API_answers_503(string file)
    {
        var products = TrainedProducts.WriteTo(_folder["damaged"]);
        await File.AppendAllTextAsync(
            Path.Combine(ProductFolder.ChampionFolder(products, PeerLoan.Product), file), "x", TestContext.Current.CancellationToken);
        await using var site = new LoanRiskSite { Products = products };

        var (status, answer) = await Get(site, "/health/ready");
        var problem = await site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("refused", (string)answer["models"]![0]!["state"]!);
        Assert.Contains(file, (string)answer["models"]![0]!["problem"]!);
        Assert.Contains("no model", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("moved", "was removed or replaced while the program runs")]
    [InlineData("replaced", "was emptied or replaced while the program runs")]
    [InlineData("emptied", "was emptied or replaced while the program runs")]
    public async Task A_database_of_models_that_left_its_place_under_the_running_site_is_named_until_it_is_back(string how, string said)
    {
        await using var site = new LoanRiskSite();
        Assert.Equal("ready", (string)(await Get(site, "/health/ready")).Answer["modelStore"]!);
        var models = Path.Combine(site.Data, ModelDatabase.FileName);
        File.Move(models, models + ".away");
        if (how == "replaced")
        {
            Directory.CreateDirectory(_folder["other"]);
            ModelRegistry.Open(new DataFolder(_folder["other"], "test"));
            File.Copy(_folder["other", ModelDatabase.FileName], models);
        }
        else if (how == "emptied")
        {
            await File.WriteAllBytesAsync(models, [], TestContext.Current.CancellationToken);
        }

        var (status, answer) = await Get(site, "/health/ready");
        File.Move(models + ".away", models, overwrite: true);
        var (back, _) = await Get(site, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("ready", (string)answer["store"]!);
        Assert.StartsWith($"{models} {said}", (string)answer["modelStore"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, back);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Get(LoanRiskSite site, string address)
    {
        using var response = await site.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
