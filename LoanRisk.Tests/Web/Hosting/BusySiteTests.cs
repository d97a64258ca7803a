using System.Net;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Trees.Threading;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Hosting;

/// <summary>The site beside a training job, with a thread pool so small that a single thread of the job in it would be felt.</summary>
[Slow]
public sealed class BusySiteTests : IDisposable
{
    private static readonly (string, string)[] Environment =
    [
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ("DOTNET_ThreadPool_ForceMinWorkerThreads", "2"),
        ("DOTNET_ThreadPool_ForceMaxWorkerThreads", "2"),
    ];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_takes_no_thread_from_those_that_answer_nor_lowers_their_priority()
    {
        using var site = await SiteProcess.StartAsync(_folder["data"], TrainedProducts.WriteTo(_folder["products"]), Environment);
        using var client = new HttpClient { BaseAddress = site.Address };
        var file = string.Concat(SyntheticLoans.Lines(seed: 5, rows: 4_000).Select(line => line + "\n"));
        await client.PostText("/api/v1/products/peerloan/data", file, "text/csv").Answer();
        using var asked = await client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "tune", "trials": 500, "seed": 1}""");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await Until(
            async () =>
                (
                    (string)(await client.GetAsync(asked.Headers.Location, Stop).Answer())["message"]!).StartsWith("Tuning",
                    StringComparison.Ordinal));

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal("live", (string)(await client.GetAsync("/health/live", Stop).Answer())["status"]!);
            await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        }

        if (OperatingSystem.IsLinux())
        {
            var usual = ThreadNice.OfThisThread();
            Assert.All(
                ThreadNice.OfProcess(site.Id).Where(thread => thread.Name != "work"),
                thread => Assert.True(thread.Nice == usual, $"{thread.Name} has nice {thread.Nice}"));
            var threads = ThreadNice.OfProcess(Assert.Single(ProcessTable.ChildrenOf(site.Id))).ToList();
            Assert.Contains(threads, thread => thread.Name == "work");
            Assert.All(
                threads,
                thread => Assert.True(thread.Nice == BackgroundProcess.Nice, $"{thread.Name} of the child has nice {thread.Nice}"));
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.InRange(tries, 0, 6_000);
            await Task.Delay(50, Stop);
        }
    }
}
