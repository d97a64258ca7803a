using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>The ML.NET model of a package scores beside the engine.</summary>
[Slow]
public sealed class EmbeddedScoringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "both")]
    [InlineData("both", "both")]
    [InlineData("engine", "engine")]
    [InlineData("mlnet", "mlnet")]
    [InlineData("MLNet", "mlnet")]
    public async Task A_decision_says_which_models_scored_it(string? setting, string scoring)
    {
        await using var site = new LoanRiskSite();
        site.Settings["LoanRisk:Scoring"] = setting ?? "";
        using var client = site.CreateClient();

        var answer = await client.PostJson("/api/predict?explain=true", ApiCalls.Applicant()).Answer();
        var stored = await client.GetAsync($"/api/v1/decisions/{answer["decisionId"]}", Stop).Answer();

        Assert.Equal((scoring, scoring), ((string)answer["scoring"]!, (string)stored["scoring"]!));
        var sum = (double)answer["baseValue"]! + answer["contributions"]!.AsArray().Sum(c => (double)c!["contribution"]!);
        Assert.Equal((double)answer["rawScore"]!, sum, 1e-9);
        var raw = TrainedProducts.Champion.Trees.PredictRaw([.. PeerLoan.Application().Row]);
        Assert.Equal(scoring == "mlnet" ? (float)raw : raw, (double)answer["rawScore"]!);
    }

    [Fact]
    public async Task The_page_of_models_counts_the_comparisons()
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();
        await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        await client.PostJson("/api/products/peerloan/predict/batch", new JsonArray(ApiCalls.Applicant(), ApiCalls.Applicant())).Answer();

        var page = await client.GetStringAsync("/models", Stop);

        Assert.Contains(
            "Scored by the engine and by ML.NET, and decided only where both give the same score.", page, StringComparison.Ordinal);
        Assert.Contains("Since the site started: 3 applications, 0 with different scores.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_without_an_ML_NET_model_is_scored_by_the_engine()
    {
        var without = CandidateModels.Make(1, withMLNet: false);
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();
        CandidateModels.Promote(CandidateModels.RegistryOf(site), without);
        site.Service<ModelWatcher>().Look();
        Assert.Null(site.Service<ProductCatalog>().Place("peerloan").Trouble);

        var answer = await client.PostJson("/api/predict?explain=true", ApiCalls.Applicant()).Answer();

        Assert.Equal((without.Id[..12], "engine"), ((string)answer["model"]!["id"]!, (string)answer["scoring"]!));
        Assert.Contains(
            "Scored by the engine alone: the model package carries no ML.NET model.", await client.GetStringAsync("/models", Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Different_scores_are_no_decision_and_are_counted_and_logged_with_both()
    {
        var log = new LogLines();
        await using var site = new LoanRiskSite { Replace = services => services.AddSingleton<ILoggerProvider>(log) };
        using var client = site.CreateClient();
        var catalog = site.Service<ProductCatalog>();
        var place = catalog.Place("peerloan");
        var raw = (float)TrainedProducts.Champion.Trees.PredictRaw([.. PeerLoan.Application().Row]);
        catalog.Put(
            place with { DecisionEngine = new DecisionEngine(place.Product, TrainedProducts.Champion, _ => MathF.BitIncrement(raw)) });

        var refused = await client.PostJson("/api/predict", ApiCalls.Applicant());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("different scores", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal((0, 1), site.Service<ScoreComparisons>().Of("peerloan"));
        Assert.Contains("1 application, 1 with different scores", await client.GetStringAsync("/models", Stop), StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains($"{raw:R}", StringComparison.Ordinal)
            && line.Contains($"{MathF.BitIncrement(raw):R}", StringComparison.Ordinal));
        Assert.Empty(await site.Service<DecisionStore>().NewestAsync(10, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_candidate_whose_ML_NET_model_has_another_leaf_is_refused_and_the_champion_serves_on()
    {
        var planted = Planted();
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();

        CandidateModels.Promote(CandidateModels.RegistryOf(site), planted);
        site.Service<ModelWatcher>().Look();

        var answer = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        Assert.Equal(TrainedProducts.Champion.Id[..12], (string)answer["model"]!["id"]!);
        Assert.Contains("model.zip", site.Service<ProductCatalog>().Place("peerloan").Refusal!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_asks_nothing_of_a_candidate_whose_ML_NET_model_has_another_leaf()
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();
        var candidate = CandidateModels.Register(CandidateModels.RegistryOf(site), Planted());

        var refusal = await Assert.ThrowsAsync<ModelPackageException>(
            () => site.Service<ModelService>().JudgeAsync(PeerLoan.Product, candidate, Stop));

        Assert.Equal(PackageFiles.MLNet, refusal.File);
    }

    [Fact]
    public async Task A_shipped_champion_whose_ML_NET_model_has_another_leaf_never_answers()
    {
        var products = TrainedProducts.WriteProduct(_folder["products"]);
        ProductFolder.Write(ProductFolder.ChampionFolder(products, PeerLoan.Product), Planted());
        await using var site = new LoanRiskSite { Products = products };
        using var client = site.CreateClient();

        var answers = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForAsync(
            0, 20, Stop, async (_, _) => answers.Add((await client.PostJson("/api/predict", ApiCalls.Applicant())).StatusCode));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.True(
            SpinWait.SpinUntil(() => site.Service<ProductCatalog>().Place("peerloan").Refusal is not null, TimeSpan.FromSeconds(30)),
            "The model is not refused.");
        var ready = await client.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("model.zip", await ready.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    // Its hashes are right: only the trees in model.zip are others.
    private static ModelPackage Planted()
    {
        var trees = TrainedProducts.Champion.Trees;
        return CandidateModels.Make(trees, zipOf: CandidateModels.WithOtherLeaf(trees));
    }
}
