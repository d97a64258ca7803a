using System.Net;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Web.Api;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Decisions;

[Slow]
public sealed class DecisionServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_decision_that_cannot_be_stored_is_not_given()
    {
        await using var site = new LoanRiskSite { Data = _folder["data"], Replace = services => services.AddSingleton(_ => Impatient()) };
        using var client = site.CreateClient();
        var before = await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        await using (var other = new SqliteConnection($"Data Source={_folder["data", DatabaseFile.FileName]};Pooling=False"))
        {
            await other.OpenAsync(Stop);
            await using var transaction = other.BeginTransaction(deferred: false);

            var single = await client.PostJson("/api/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.ServiceUnavailable);
            using var batch = await client.PostJson(
                "/api/products/peerloan/predict/batch", new System.Text.Json.Nodes.JsonArray(ApiCalls.Applicant()));

            Assert.Contains("could not be stored", (string)single["detail"]!);
            Assert.Null(single["probability"]);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, batch.StatusCode);
            Assert.NotNull(batch.Headers.RetryAfter);
        }

        await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        var stored = await site.Service<DecisionStore>().NewestAsync(10, cancellationToken: Stop);
        Assert.Equal(2, stored.Count);
        Assert.Equal((string)before["decisionId"]!, stored[^1].Id);
    }

    [Fact]
    public async Task A_restart_keeps_decisions_and_the_keys_that_protect_open_forms()
    {
        string id, token;
        await using (var site = new LoanRiskSite { Data = _folder["data"] })
        {
            id = (string)(await site.CreateClient().PostJson("/api/predict", ApiCalls.Applicant()).Answer())["decisionId"]!;
            token = site.Service<IDataProtectionProvider>().CreateProtector("test").Protect("open form");
        }

        await using var restarted = new LoanRiskSite { Data = _folder["data"] };

        Assert.NotNull(await restarted.Service<DecisionStore>().FindAsync(id, Stop));
        Assert.Equal("open form", restarted.Service<IDataProtectionProvider>().CreateProtector("test").Unprotect(token));
    }

    private DecisionStore Impatient() =>
        DecisionStore.Open(
            new LoanRisk.Store.DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test"), TimeSpan.FromSeconds(1));
}
