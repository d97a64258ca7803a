using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store.Faults;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Pages;
using LoanRisk.Web.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Faults;

[Slow]
public sealed class FullDiskTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly LogLines _log = new();

    public void Dispose() => _log.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_503_for_everybody_told_once_in_the_log_and_over_when_there_is_room()
    {
        using var disk = SmallDisk.Mount(megabytes: 48);
        await using var site = SiteOn(disk);
        using var client = site.CreateClient();
        var browser = new Browser(client);
        await browser.GetAsync("/?example=0");
        await Predict(client).Answer();

        disk.Fill();
        var refused = await RefusalAsync(client);
        var page = await browser.SendAsync();
        var upload = await Upload(client).Problem(HttpStatusCode.ServiceUnavailable);
        // No data joined.
        var job = await client.PostText("/api/v1/products/peerloan/jobs", "{\"kind\": \"train\"}").Problem(HttpStatusCode.Conflict);
        for (var i = 0; i < 20; i++)
        {
            await Predict(client).Problem(HttpStatusCode.ServiceUnavailable);
        }

        var (ready, health) = await ReadyAsync(client);
        Assert.Contains("could not be stored", refused);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "No decision can be given right now"),
            (browser.Answer.StatusCode, page.QuerySelector("h1")!.TextContent));
        Assert.NotNull(browser.Answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("the disk is full", (string)health["store"]!);
        Assert.Contains("disk is full", (string)upload["detail"]!);
        Assert.NotNull(job);
        AssertNothingHalfWritten(site.Data);

        disk.Free();
        await Eventually(async () => (await ReadyAsync(client)).Status == HttpStatusCode.OK);
        await Predict(client).Answer();
        await Upload(client).Answer();

        Assert.Contains(
            "the disk is full", Assert.Single(_log.Lines, line => line.Contains("Decisions cannot be stored", StringComparison.Ordinal)));
        Assert.Single(_log.Lines, line => line.Contains("Decisions are stored again", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _log.Lines,
            line => line.Contains(" at LoanRisk.", StringComparison.Ordinal) || line.Contains("Health check", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_hit_by_a_full_disk_ends_as_failed_once_that_can_be_written_down()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        await using var site = SiteOn(disk);
        using var client = site.CreateClient();
        using (var folder = new TemporaryFolder())
        {
            SyntheticLoans.Write(folder["loans.csv"], seed: 5, rows: 1200);
            IngestRun.Run(
                PeerLoan.Product,
                new IngestInput(folder.Path, []),
                site.Service<DataSetStore>(),
                new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)),
                Stop);
        }

        using var accepted = await client.PostText("/api/v1/products/peerloan/jobs", "{\"kind\": \"tune\", \"trials\": 500, \"seed\": 3}");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var id = (string)JsonNode.Parse(await accepted.Content.ReadAsStringAsync(Stop))!["id"]!;
        var trials = TrialStore.Open(site.Service<DataFolder>());
        await Eventually(() => Task.FromResult(trials.Trials(id[..12]).Count > 0));

        disk.Fill();
        await Eventually(
            () => Task.FromResult(_log.Lines.Any(line => line.Contains("Jobs could not be read or written", StringComparison.Ordinal))));
        disk.Free();
        await Eventually(() => Task.FromResult(site.Service<JobStore>().Find(id)!.State != JobState.Running));

        var job = site.Service<JobStore>().Find(id)!;
        Assert.True(job.State == JobState.Failed, $"{job}");
        Assert.Contains("the disk is full", job.Message);
        await Eventually(
            () => Task.FromResult(_log.Lines.Any(line => line.Contains("Jobs are read and written again", StringComparison.Ordinal))));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(" at LoanRisk.", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> Predict(HttpClient client) => client.PostJson("/api/predict", ApiCalls.Applicant());

    private static Task<HttpResponseMessage> Upload(HttpClient client) =>
        client.PostText(
            "/api/v1/products/peerloan/data",
            string.Concat(SyntheticLoans.Lines(seed: 3, rows: 2000).Select(line => line + "\n")),
            "text/csv");

    // The log has some pages to spare, so a few more are stored after the disk is full.
    private static async Task<string> RefusalAsync(HttpClient client)
    {
        for (var i = 0; i < 1000; i++)
        {
            using var response = await Predict(client);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(response.Headers.RetryAfter);
                return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!["detail"]!;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        throw new InvalidOperationException("A full disk took a thousand decisions.");
    }

    private static async Task<(HttpStatusCode Status, JsonNode Health)> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/health/ready", Stop);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!);
    }

    private static void AssertNothingHalfWritten(string data)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data, "incoming")));
        Assert.Empty(
            Directory.EnumerateFiles(
                data, "*.unfinished", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }));
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private LoanRiskSite SiteOn(SmallDisk disk) => new()
    {
        Data = Path.Combine(disk.Path, "data"),
        Replace = services => services.AddSingleton<ILoggerProvider>(_log),
    };
}
