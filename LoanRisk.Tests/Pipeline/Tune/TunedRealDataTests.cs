using System.Text.Json;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Pipeline.Tune;

/// <summary>
/// A search on real rows reaches what LightGBM's own reached. The large tables take minutes: LoanRisk.Benchmarks/results/tuned-auc.txt has
/// their runs.
/// </summary>
[Slow]
public sealed class TunedRealDataTests
{
    // A thousand rows: LightGBM itself moves by this much between seeds.
    private const double Tolerance = 0.01;

    [Fact]
    public async Task A_search_on_german_credit_is_not_below_lightgbms()
    {
        var reference = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require("parity", "real_data.json"))).RootElement.GetProperty("german").GetProperty("tuned");
        using var folder = new TemporaryFolder();

        var tuned = await TestConsole.RunInAsync(
            folder.Path, "tune", "german-credit", "--data", SharedFolder.Require("data", "german_credit.csv"), "--trials", "4");

        Assert.True(tuned.ExitCode == 0, tuned.Output + tuned.Error);
        var registry = ModelRegistry.Open(new DataFolder(folder.Path, "test"));
        var model = Assert.Single(registry.List("german-credit"), m => m.Source == ModelSource.Tuned);
        Assert.True(
            ModelMetrics.Of(registry.Files(model.Id)).CrossValidation!.Auc >= reference.GetProperty("auc_mean").GetDouble() - Tolerance);
    }
}
