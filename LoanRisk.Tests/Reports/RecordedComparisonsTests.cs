using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Reports;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Reports;

/// <summary>
/// What is drawn behind a model's curves from packages alone. Here a champion and a candidate are one trained model with different things
/// to say.
/// </summary>
[Slow]
public sealed class RecordedComparisonsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly TrainedPeerLoan _trained;

    private readonly ModelRegistry _registry;

    public RecordedComparisonsTests(TrainedPeerLoan trained)
    {
        _trained = trained;
        _registry = ModelRegistry.Open(new DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_champion_that_was_measured_on_the_same_rows_is_drawn_in_every_chart()
    {
        var champion = Promote(Package("champion"));

        var comparisons = ComparisonsOf(Package("candidate"));

        Assert.Equal([("Champion", false), ("Scorecard", true)], comparisons.Curves.Select(c => (c.Name, c.IsBaseline)));
        Assert.Equal(
            ModelMetrics.Of(champion.Package.Files).Evaluation!.Curves.PrecisionRecall, comparisons.Curves[0].Curves!.PrecisionRecall);
        Assert.Empty(comparisons.Notes);
    }

    [Fact]
    public void A_champion_that_was_measured_on_other_rows_is_not_drawn_and_that_is_said()
    {
        var champion = Promote(Package("champion", metrics => metrics["rows"]!["test"]!["loans"] = 1));

        var comparisons = ComparisonsOf(Package("candidate"));

        Assert.Equal(["Scorecard"], comparisons.Curves.Select(c => c.Name));
        var note = Assert.Single(comparisons.Notes);
        Assert.Contains($"Champion {champion.Model.Id[..12]} is not drawn", note, StringComparison.Ordinal);
        Assert.DoesNotContain("loanrisk", note, StringComparison.Ordinal);
        Assert.True(comparisons.NeedsReport);
    }

    [Fact]
    public void A_champion_that_the_models_training_measured_is_drawn_as_it_was_measured_then()
    {
        var champion = Promote(Package("champion", metrics => metrics["rows"]!["test"]!["loans"] = 1));

        var comparisons = ComparisonsOf(Package("candidate", metrics => AddBaseline(metrics, champion.Model.Id)));

        Assert.Equal([new(1, 0, 0), new(0.5, 0.25, 0.75), new(0, 1, 1)], comparisons.Curves[0].Roc);
        Assert.Null(comparisons.Curves[0].Curves);
        Assert.Contains("its other curves are of other rows", Assert.Single(comparisons.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_champion_by_now_the_measures_of_the_one_of_that_time_do_not_speak()
    {
        Promote(Package("champion", metrics => metrics["rows"]!["test"]!["loans"] = 1));

        var comparisons = ComparisonsOf(Package("candidate", metrics => AddBaseline(metrics, new string('a', 64))));

        Assert.Equal(["Scorecard"], comparisons.Curves.Select(c => c.Name));
    }

    [Fact]
    public void The_champion_itself_is_held_against_the_one_before_it()
    {
        Promote(Package("first"));
        var second = Promote(Package("second"));

        Assert.Equal(["Champion before", "Scorecard"], ComparisonsOf(second.Package).Curves.Select(c => c.Name));
    }

    [Fact]
    public void An_imported_champion_comes_with_a_caution()
    {
        Promote(Package("champion"), ModelSource.Imported);

        Assert.Contains("It was imported", Assert.Single(ComparisonsOf(Package("candidate")).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_champion_and_without_words_of_its_own_nothing_is_drawn()
    {
        var comparisons = ComparisonsOf(Package("candidate", metrics => metrics.Clear()));

        Assert.Empty(comparisons.Curves);
        Assert.Empty(comparisons.Notes);
    }

    private RecordedComparisons ComparisonsOf(ModelPackage package) =>
        RecordedComparisons.Of(ReportedModel.Find(_registry, PeerLoan.Product, Register(package).Package), ModelMetrics.Of(package.Files));

    private RegisteredPackage Register(ModelPackage package, ModelSource source = ModelSource.Trained) =>
        RegisteredPackage.Read(_registry, PeerLoan.Product, _registry.Register(package, source, new AuditEntry("a test", TestConsole.Now)));

    private RegisteredPackage Promote(ModelPackage package, ModelSource source = ModelSource.Trained)
    {
        var registered = Register(package, source);
        _registry.Promote(
            package.Id, PeerLoan.Product, new Promotion(new AuditEntry("a test", TestConsole.Now), _registry.Champion("peerloan")?.Id));
        return registered;
    }

    private ModelPackage Package(string name, Action<JsonObject>? change = null)
    {
        var (trained, manifest) = (_trained.Package, _trained.Package.Manifest);
        var metrics = JsonNode.Parse(trained.Text(PackageFiles.Metrics))!.AsObject();
        change?.Invoke(metrics);
        var parts = new PackageParts(
            trained.Trees, trained.Calibration, metrics.ToJsonString(), trained.Text(PackageFiles.Reference), $"# {name}\n");
        return ModelPackage.Create(PeerLoan.Product, parts, manifest, manifest.Golden.Values);
    }

    private static void AddBaseline(JsonObject metrics, string id)
    {
        var baseline = metrics["baselines"]![0]!.DeepClone();
        (baseline["name"], baseline["modelId"]) = ("champion", id);
        baseline["roc"] = JsonNode.Parse(
            """
            [
              {"threshold":1,"falseAlarms":0,"recall":0},
              {"threshold":0.5,"falseAlarms":0.25,"recall":0.75},
              {"threshold":0,"falseAlarms":1,"recall":1}
            ]
            """);
        metrics["baselines"]!.AsArray().Add(baseline);
    }
}
