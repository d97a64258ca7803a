using AngleSharp.Dom;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Serving;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>What a model says of itself.</summary>
[Slow]
public sealed class ModelPageTests : IAsyncDisposable
{
    private readonly ModelSite _models = new();

    public async ValueTask DisposeAsync() => await _models.DisposeAsync();

    [Fact]
    public async Task A_models_page_tells_how_long_training_took()
    {
        _models.Site.CreateClient();
        var known = CandidateModels.RegistryOf(_models.Site).Register(
            CandidateModels.Make(1),
            ModelSource.Trained,
            CandidateModels.AuditEntry,
            new TrainingRecord(Time: TimeSpan.FromSeconds(83.42)));
        var unknown = _models.Register(CandidateModels.Make(2));

        Assert.Equal("83.4\u00a0s", await TimeOf(known));
        Assert.Equal("not recorded", await TimeOf(unknown));

        async Task<string> TimeOf(RegisteredModel model) =>
            (await _models.Browser.GetAsync($"/models/{model.Id}"))
                .QuerySelectorAll(".facts dt")
                .Single(term => term.TextContent == "Training took").NextElementSibling!.TextContent;
    }

    [Fact]
    public async Task A_refused_champion_is_told_on_the_list_and_on_its_page()
    {
        var comparison = CandidateModels.Make(1);
        _models.Register(comparison);
        var database = Path.Combine(_models.Site.Data, ModelDatabase.FileName);
        await using (var connection = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"DROP TRIGGER model_files_stay; DELETE FROM model_files WHERE name = 'calibration.json' AND model_id "
                + $"= '{comparison.Id}'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        CandidateModels.Promote(CandidateModels.RegistryOf(_models.Site), comparison);
        _models.Site.Service<ModelWatcher>().Look();

        var list = await _models.Browser.GetAsync("/models");
        Assert.Contains($"Model {comparison.Id[..12]} is refused: calibration.json", list.QuerySelector(".warnings")!.TextContent);
        Assert.Equal("Champion, refused", list.QuerySelector(".model-state")!.TextContent);
        Assert.Contains("What served before it serves on", list.QuerySelector(".warnings")!.TextContent);
        var page = await _models.Browser.GetAsync($"/models/{comparison.Id}");
        Assert.Contains("calibration.json", page.QuerySelector(".warnings")!.TextContent);
        Assert.Null(page.QuerySelector(".card-text"));
        Assert.Equal(TrainedProducts.Champion.Id[..12], await _models.ServingAsync());
    }
}
