using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Serving;

[Slow]
public sealed class PromotionTests
{
    // Every so many promotions wait for answers; no multiple of the number of candidates, so that each of them serves at some.
    private const int Waiting = 7;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25); // leaves the promotions some of the processor

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("engine", 1_000)]
    [InlineData("both", 200)] // each promotion loads an ML.NET model
    public async Task While_promotions_come_and_go_no_request_fails_and_each_answer_is_that_of_the_model_it_names(
        string scoring, int promotions)
    {
        using var folder = TemporaryFolder.InMemory();
        await using var site = new LoanRiskSite { Data = folder["data"] };
        site.Settings["LoanRisk:Scoring"] = scoring;
        using var client = site.CreateClient();
        var comparisons = Enumerable.Range(1, 5).Select(i => CandidateModels.Make(i)).ToArray();
        var expected = comparisons.Prepend(TrainedProducts.Champion).ToDictionary(
            comparison => comparison.Id[..12], comparison => CandidateModels.Answer(comparison).Probability);
        var answers = new ConcurrentBag<(string Model, double Probability)>();
        using var done = new CancellationTokenSource();

        Task[] asking =
        [
            AskAsync(client, answers, done.Token), AskAsync(client, answers, done.Token), AskManyAsync(client, answers, done.Token),
        ];
        await Task.Run(() => PromoteInTurn(site, comparisons, promotions, answers), Stop);
        await done.CancelAsync();
        await Task.WhenAll(asking);

        var (same, different) = site.Service<ScoreComparisons>().Of("peerloan");
        Assert.Equal((0, scoring == "both"), (different, same >= answers.Count));
        Assert.All(answers, answer => Assert.Equal(expected[answer.Model], answer.Probability, 1e-12));
        Assert.Subset(
            answers.Select(answer => answer.Model).ToHashSet(), comparisons.Select(comparison => comparison.Id[..12]).ToHashSet());
        var last = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        Assert.Equal(comparisons[(promotions - 1) % comparisons.Length].Id[..12], (string)last["model"]!["id"]!);
        Assert.Equal(
            promotions + 1,
            CandidateModels.RegistryOf(site).History("peerloan", promotions * 2).Count(e => e.Kind == ModelEventKind.Promoted));
    }

    [Fact]
    public async Task A_promotion_and_a_rollback_by_another_process_are_picked_up_without_a_restart()
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();
        var comparison = CandidateModels.Make(1);
        var registry = CandidateModels.RegistryOf(site);

        CandidateModels.Promote(registry, comparison);
        await ServedByAsync(client, comparison);

        registry.RollBack(PeerLoan.Product, CandidateModels.AuditEntry);
        await ServedByAsync(client, TrainedProducts.Champion);
    }

    [Fact]
    public async Task The_console_promotes_and_rolls_back_under_a_running_site()
    {
        using var folder = new TemporaryFolder();
        var (data, products) = (folder["data"], TrainedProducts.WriteTo(folder["products"]));
        using var site = await SiteProcess.StartAsync(data, products, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        using var client = new HttpClient { BaseAddress = site.Address };
        var comparison = CandidateModels.Make(1);
        CandidateModels.Register(ModelRegistry.Open(new DataFolder(data, "test")), comparison);

        var promoted = await SiteProcess.RunConsoleAsync(
            data, products, "models", "promote", comparison.Id[..12], "--force", "--reason", "a test");
        Assert.True(promoted.ExitCode == 0, promoted.Output);
        await ServedByAsync(client, comparison);

        var back = await SiteProcess.RunConsoleAsync(data, products, "models", "rollback", "peerloan");
        Assert.True(back.ExitCode == 0, back.Output);
        await ServedByAsync(client, TrainedProducts.Champion);
    }

    private static void PromoteInTurn(
        LoanRiskSite site, ModelPackage[] comparisons, int promotions, ConcurrentBag<(string Model, double Probability)> answers)
    {
        var registry = CandidateModels.RegistryOf(site);
        var watcher = site.Service<ModelWatcher>();
        var champion = TrainedProducts.Champion.Id;
        Array.ForEach(comparisons, comparison => CandidateModels.Register(registry, comparison));
        for (var i = 0; i < promotions; i++)
        {
            champion = registry.Promote(
                comparisons[i % comparisons.Length].Id, PeerLoan.Product, new Promotion(CandidateModels.AuditEntry, champion)).Id;
            watcher.Look();
            if (i % Waiting == 0)
            {
                // On a busy machine the promotions would be over before many were answered.
                var before = answers.Count;
                Assert.True(
                    SpinWait.SpinUntil(() => answers.Count > before + 1, TimeSpan.FromMinutes(1)),
                    "Nothing is answered while models are promoted.");
            }
        }
    }

    private static async Task AskAsync(HttpClient client, ConcurrentBag<(string Model, double Probability)> answers, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            answers.Add(Read(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer()));
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static async Task AskManyAsync(
        HttpClient client, ConcurrentBag<(string Model, double Probability)> answers, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var batch = new JsonArray([.. Enumerable.Range(0, 5).Select(_ => ApiCalls.Applicant())]);
            var read = (await client.PostJson("/api/products/peerloan/predict/batch", batch).Answer())
                .AsArray()
                .Select(answer => Read(answer!))
                .ToList();
            Assert.Equal(5, read.Count);
            Assert.Single(read.Distinct()); // one request, one model
            answers.Add(read[0]);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static (string Model, double Probability) Read(JsonNode answer) =>
        ((string)answer["model"]!["id"]!, (double)answer["probability"]!);

    private static async Task ServedByAsync(HttpClient client, ModelPackage package)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = Read(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer());
            if (answer.Model == package.Id[..12])
            {
                Assert.Equal(CandidateModels.Answer(package).Probability, answer.Probability, 1e-12);
                return;
            }

            Assert.True(tries < 600, $"Model {answer.Model} still serves.");
            await Task.Delay(50, Stop);
        }
    }
}
