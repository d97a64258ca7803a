using AngleSharp.Dom;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>Promotion and rollback by the buttons of the pages.</summary>
[Slow]
public sealed class PromotionPageTests(TrainedPeerLoan trained) : IAsyncDisposable
{
    private readonly ModelSite _models = new();

    public async ValueTask DisposeAsync() => await _models.DisposeAsync();

    [Fact]
    public async Task A_model_the_gate_refuses_is_promoted_only_with_a_reason_that_is_kept_and_rolled_back_with_one_click()
    {
        var comparison = _models.Register(CandidateModels.Make(1));
        await _models.Browser.GetAsync($"/models/{comparison.Id}");

        var page = await _models.SubmitAsync("form[action*=Promote]");
        Assert.Contains("does not let this model through", page.QuerySelector(".notice")!.TextContent);
        Assert.Contains("never measured", page.QuerySelector(".checks .failed")!.TextContent);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await _models.ServingAsync());

        page = await _models.SubmitAsync("form[action*=Promote]", ("reason", "the <b>regulator</b> asks"));
        Assert.Contains($"Model {comparison.Id[..12]} serves PeerLoan now", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(comparison.Id[..12], await _models.ServingAsync());

        page = await _models.Browser.GetAsync("/models");
        var newest = page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr")[0].TextContent;
        Assert.Contains("promoted against the gate", newest);
        Assert.Contains("the <b>regulator</b> asks", newest);
        Assert.Contains(SiteAccess.Person, newest);

        page = await _models.SubmitAsync(".roll-back");
        Assert.Contains($"Model {TrainedProducts.Champion.Id[..12]} serves PeerLoan again", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal(TrainedProducts.Champion.Id[..12], await _models.ServingAsync());
        Assert.Equal(ModelEventKind.RolledBack, CandidateModels.RegistryOf(_models.Site).History("peerloan")[0].Kind);
        Assert.Null((await _models.Browser.GetAsync("/models")).QuerySelector(".notice"));
    }

    [Fact]
    public async Task A_rollback_to_a_model_of_an_older_schema_is_not_offered_and_the_page_says_why()
    {
        _models.Site.CreateClient();
        var registry = CandidateModels.RegistryOf(_models.Site);
        var older = CandidateModels.Make(1, PeerLoan.Product with { SchemaVersion = "0" });
        CandidateModels.Promote(registry, older);
        CandidateModels.Promote(registry, CandidateModels.Make(2));
        _models.Site.Service<ModelWatcher>().Look();

        var page = await _models.Browser.GetAsync("/models");

        Assert.Null(page.QuerySelector(".roll-back"));
        Assert.Contains(
            $"No rollback. Model {older.Id[..12]}, the champion before, cannot serve any more: ",
            page.QuerySelector(".no-way-back")!.TextContent);
        Assert.Contains("schema version 0", page.QuerySelector(".no-way-back")!.TextContent);
        Assert.Contains(
            "cannot serve any more",
            Assert.Throws<ModelStateException>(() => _models.Site.Service<ModelService>().RollBack(PeerLoan.Product, "test", "")).Message);
    }

    [Fact]
    public async Task A_better_model_is_promoted_by_what_the_gate_measures_on_the_ingested_rows()
    {
        var incoming = Path.Combine(_models.Site.Data, "incoming");
        _models.Site.CreateClient();
        Directory.CreateDirectory(incoming);
        File.Copy(trained.DataFile, Path.Combine(incoming, "loans.csv"));
        var ingested = await TestConsole.RunInAsync(_models.Site.Data, _models.Site.Products, ["ingest", "peerloan", "--from", incoming]);
        Assert.True(ingested.ExitCode == 0, ingested.Error);
        var model = _models.Register(trained.Package);
        await _models.Browser.GetAsync($"/models/{model.Id}");

        var page = await _models.SubmitAsync("form[action*=Judge]");
        Assert.Contains("The gate lets it through", page.GetElementById("gate")!.TextContent);
        Assert.Contains("test rows of peerloan data version 1", page.GetElementById("gate")!.TextContent);
        Assert.All(page.QuerySelectorAll(".checks li"), check => Assert.Equal("passed", check.ClassName));

        page = await _models.SubmitAsync("form[action*=Promote]");
        Assert.Contains("It serves.", page.GetElementById("gate")!.TextContent);
        Assert.Equal(model.Id[..12], await _models.ServingAsync());
        Assert.True(page.QuerySelectorAll(".plot-sheet figure svg").Length >= 8);
        Assert.Equal(
            ["line chance", "line baseline", "line main"],
            page.QuerySelectorAll("svg[aria-labelledby^=roc] polyline").Select(line => line.ClassName));
        Assert.NotNull(page.QuerySelector("svg[aria-labelledby^=roc] polygon.area.main"));
        Assert.Contains(
            $"Champion before {TrainedProducts.Champion.Id[..12]} is not drawn", page.QuerySelector(".plot-sheet")!.TextContent);
        Assert.Equal(1 + PeerLoan.Product.Features.Count, page.QuerySelectorAll("section[aria-labelledby=effects-title] figure").Length);
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        Assert.Equal(
            "What it is for",
            page.QuerySelectorAll(".card-text h3").First(h => h.TextContent.Trim() == "What it is for").TextContent.Trim());
    }
}
