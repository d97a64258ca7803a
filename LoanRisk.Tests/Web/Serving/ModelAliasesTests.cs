using LoanRisk.Pipeline.Tracking;
using LoanRisk.Tests.Pipeline.Tracking;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Serving;

/// <summary>The aliases of an MLflow server follow what the site serves, and nobody waits for them.</summary>
[Slow]
public sealed class ModelAliasesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_lets_the_aliases_follow_from_its_start_on_whoever_promotes()
    {
        await using var server = await MlflowTestServer.StartAsync();
        await using var site = new LoanRiskSite();
        site.Settings[MlflowServer.Variable] = server.Address;
        using var client = site.CreateClient();
        await NamesAsync(server, TrainedProducts.Champion.Id);
        var candidate = CandidateModels.Make(1);

        CandidateModels.Promote(CandidateModels.RegistryOf(site), candidate);

        await NamesAsync(server, candidate.Id);
        Assert.Equal(2, server.State.Models["peerloan"].Versions.Count);
    }

    [Fact]
    public async Task A_server_that_answers_nobody_holds_up_no_decision_and_no_promotion()
    {
        await using var server = await MlflowTestServer.StartAsync();
        server.Delay = TimeSpan.FromMinutes(5);
        await using var site = new LoanRiskSite();
        site.Settings[MlflowServer.Variable] = server.Address;
        using var client = site.CreateClient();
        var candidate = CandidateModels.Make(1);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        soon.CancelAfter(TimeSpan.FromSeconds(20));

        CandidateModels.Promote(CandidateModels.RegistryOf(site), candidate);

        for (var model = ""; model != candidate.Id[..12]; await Task.Delay(50, soon.Token))
        {
            model = (string)(await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer())["model"]!["id"]!;
        }
    }

    private static async Task NamesAsync(MlflowTestServer server, string model)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        soon.CancelAfter(TimeSpan.FromSeconds(20));
        while (!server.State.Models.TryGetValue("peerloan", out var kept) || kept.ModelOf("champion") != model)
        {
            await Task.Delay(50, soon.Token);
        }
    }
}
