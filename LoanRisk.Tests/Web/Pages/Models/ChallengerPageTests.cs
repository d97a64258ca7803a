using System.Net;
using AngleSharp.Dom;
using LoanRisk.Pipeline.Models;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Serving;
using LoanRisk.Web.Serving;

namespace LoanRisk.Tests.Web.Pages.Models;

/// <summary>A challenger beside the champion.</summary>
[Slow]
public sealed class ChallengerPageTests : IAsyncDisposable
{
    private readonly ModelSite _models = new();

    public async ValueTask DisposeAsync() => await _models.DisposeAsync();

    [Fact]
    public async Task A_challenger_answers_beside_the_champion_on_its_page_and_in_the_API_and_decides_nothing()
    {
        var (first, second) = (_models.Register(CandidateModels.Make(1)), _models.Register(CandidateModels.Make(2)));
        using var client = _models.Site.CreateClient();
        Assert.Contains(
            "has no challenger",
            (string)(
                await client.GetAsync(
                    "/api/v1/products/peerloan/challenger",
                    TestContext.Current.CancellationToken).Problem(HttpStatusCode.NotFound))["detail"]!);
        await _models.Browser.GetAsync($"/models/{first.Id}");
        var page = await _models.SubmitAsync("form[action*=Challenge]");
        Assert.Contains($"Model {first.Id[..12]} is the challenger of PeerLoan now", page.QuerySelector(".notice")!.TextContent);
        Assert.Equal("Challenger", page.QuerySelector(".model-state")!.TextContent);
        Assert.Contains("There is no application to answer yet", page.GetElementById("challenge")!.TextContent);
        Assert.Null(page.QuerySelector("form[action*=Challenge]"));

        var decision = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();

        Assert.Equal(TrainedProducts.Champion.Id[..12], (string)decision["model"]!["id"]!);
        page = await _models.Browser.GetAsync($"/models/{first.Id}");
        Assert.Contains("The one application", page.GetElementById("challenge")!.TextContent);
        Assert.Equal(1, page.QuerySelectorAll("#challenge tbody td.num").Count(cell => cell.TextContent == "1"));
        Assert.NotNull(page.QuerySelector($"#challenge a[href='/decisions/{(string)decision["decisionId"]!}']"));
        var answer = await client.GetAsync("/api/v1/products/peerloan/challenger", TestContext.Current.CancellationToken).Answer();
        Assert.Equal((first.Id[..12], 1), ((string)answer["model"]!["id"]!, (int)answer["applications"]!));
        Assert.Equal((double)decision["probability"]!, (double)answer["answers"]!["meanGiven"]!);
        Assert.Equal(
            CandidateModels.Answer(CandidateModels.Make(1)).Probability, (double)answer["answers"]!["farthest"]![0]!["challenger"]!);
        Assert.Null(answer["outcomes"]!["auc"]);

        await _models.Browser.GetAsync($"/models/{second.Id}");
        await _models.SubmitAsync("form[action*=Challenge]");
        page = await _models.Browser.GetAsync($"/models/{first.Id}");
        Assert.Equal("Candidate", page.QuerySelector(".model-state")!.TextContent);
        Assert.Contains($"followed by {second.Id[..12]} as challenger", page.QuerySelector(".events")!.TextContent);
    }

    [Fact]
    public async Task What_a_challenger_answers_is_worked_out_again_only_when_something_was_decided_or_reported()
    {
        var challenger = new RegisteredPackage(_models.Register(CandidateModels.Make(1)), CandidateModels.Make(1));
        CandidateModels.RegistryOf(_models.Site).Challenge(challenger.Model.Id, CandidateModels.AuditEntry);
        using var client = _models.Site.CreateClient();
        var first = await BesideAsync();
        Assert.Same(first, await BesideAsync());

        var id = (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;
        var second = await BesideAsync();
        Assert.Equal((null, 1), (first.Answers?.Loans, second.Answers?.Loans));
        Assert.Same(second, await BesideAsync());

        await _models.Site.Service<DecisionStore>().ReportAsync(
            [new ReportedOutcome(id, true, DateOnly.FromDateTime(DateTime.UtcNow), DateTimeOffset.UtcNow, "test")],
            TestContext.Current.CancellationToken);
        Assert.Equal((0, 1), (second.Known, (await BesideAsync()).Known));

        Task<ChallengerReport> BesideAsync() =>
            _models.Site.Service<ModelService>().BesideAsync(
                _models.Site.Service<ProductCatalog>().Find("peerloan")!, challenger, TestContext.Current.CancellationToken);
    }
}
