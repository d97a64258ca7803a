using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Store;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Tests.Web.Hosting;

namespace LoanRisk.Tests.Web.Jobs;

/// <summary>
/// Site and workers as programs of their own, on both databases, and what becomes of their jobs when one of them is ended.
/// </summary>
public abstract class WorkersTests : IDisposable
{
    private const string Search = """{"kind": "tune", "trials": 500, "seed": 3}""";

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    private readonly Store.Storage _storage;
    private readonly DataFolder _workersData;
    private readonly string _products;
    private readonly DataFolder _data;

    protected WorkersTests(Store.Storage storage, DataFolder workersData)
    {
        (_storage, _data, _workersData) = (storage, storage.Folder, workersData);
        _products = TrainedProducts.WriteTo(storage["products"]);
        using var files = new TemporaryFolder();
        SyntheticLoans.Write(files["loans.csv"], seed: 5, rows: 600);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(files.Path, []),
            DataSetStore.Open(_data),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobStore Jobs => JobStore.Open(_data);

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_child_that_is_killed_fails_its_job_with_the_reason_and_the_next_job_runs()
    {
        RequireLinux();
        using var site = await StartSiteAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        var job = await AskAsync(client, Search);
        await RunsAsync(job);
        var child = Assert.Single(ProcessTable.ChildrenOf(site.Id));

        ProcessTable.Signal(child, ProcessTable.Kill);

        var ended = await EndedAsync(job);
        Assert.Equal(JobState.Failed, ended.State);
        Assert.StartsWith(
            "The worker that ran this was ended by SIGKILL (exit code 137), which Linux sends when memory runs out, and no model came of "
                + "it. Ask for it again;",
            ended.Message,
            StringComparison.Ordinal);
        await client.PostJson("/api/predict", ApiCalls.Applicant()).Answer();
        var next = await EndedAsync(await AskAsync(client, """{"kind": "train", "seed": 4}"""));
        Assert.True(next.State == JobState.Done, $"{next}");
        Assert.NotEqual(ended.Worker, next.Worker);
    }

    [Fact]
    public async Task A_site_that_is_killed_takes_its_child_along_within_seconds()
    {
        RequireLinux();
        using var site = await StartSiteAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        var job = await AskAsync(client, Search);
        await RunsAsync(job);
        var child = Assert.Single(ProcessTable.ChildrenOf(site.Id));

        site.Kill();

        await WithinAsync(TimeToStop, () => !ProcessTable.Lives(child));
        Assert.Equal((JobState.Failed, JobWords.Interrupted), (Jobs.Find(job)!.State, Jobs.Find(job)!.Message));
    }

    [Fact]
    public async Task A_site_that_is_asked_to_end_fails_its_job_and_leaves_no_child()
    {
        RequireLinux();
        using var site = await StartSiteAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        var job = await AskAsync(client, Search);
        await RunsAsync(job);
        var child = Assert.Single(ProcessTable.ChildrenOf(site.Id));

        ProcessTable.Signal(site.Id, ProcessTable.Terminate);

        await WithinAsync(TimeToStop, () => !ProcessTable.Lives(site.Id));
        Assert.False(ProcessTable.Lives(child));
        Assert.Equal((JobState.Failed, JobWords.Interrupted), (Jobs.Find(job)!.State, Jobs.Find(job)!.Message));
    }

    [Fact]
    public async Task A_site_without_workers_leaves_its_jobs_to_one_elsewhere_and_cancels_them_there()
    {
        RequireLinux();
        using var site = await StartSiteAsync(("LOANRISK_JOBS", "none"));
        using var client = new HttpClient { BaseAddress = site.Address };
        var job = await AskAsync(client, Search);
        await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(JobState.Queued, Jobs.Find(job)!.State);
        Assert.Empty(ProcessTable.ChildrenOf(site.Id));
        using var worker = WorkerProcess.Start(_workersData, _products);
        await RunsAsync(job);

        using var cancelled = await client.DeleteAsync($"/api/v1/jobs/{job}", Stop);

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        var ended = await EndedAsync(job);
        Assert.Equal(JobState.Cancelled, ended.State);
        Assert.Contains("Asked for again, the search goes on", ended.Message);
        Assert.True(ProcessTable.Lives(worker.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_that_is_asked_to_end_fails_its_job_and_ends_well(bool isTheSitesProgram)
    {
        RequireLinux();
        Add("one", JobArguments.Tune, new JobArguments(1, 3, 500));
        using var worker = isTheSitesProgram
            ? WorkerProcess.StartBySite(_workersData, _products)
            : WorkerProcess.Start(_workersData, _products, "--threads", "1");
        await RunsAsync("one");

        var clock = Stopwatch.StartNew();
        ProcessTable.Signal(worker.Id, ProcessTable.Terminate);
        var exitCode = await worker.EndAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeToStop);
        Assert.True(exitCode == 0, string.Join('\n', worker.Lines));
        Assert.Equal((JobState.Failed, JobWords.Interrupted), (Jobs.Find("one")!.State, Jobs.Find("one")!.Message));
        Assert.Contains(worker.Lines, line => line.EndsWith("Z Job one (tune peerloan) has begun.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_is_killed_has_its_job_failed_by_another_once_its_lease_is_over()
    {
        RequireLinux();
        Add("one", JobArguments.Tune, new JobArguments(1, 3, 500));
        using (var worker = WorkerProcess.Start(_workersData, _products))
        {
            await RunsAsync("one");
        }

        using var other = WorkerProcess.Start(_workersData, _products);
        await WithinAsync(JobStore.Lease + TimeToStop, () => Jobs.Find("one")!.State == JobState.Failed);

        Assert.Equal(JobWords.Interrupted, Jobs.Find("one")!.Message);
        Assert.DoesNotContain(other.Lines, line => line.Contains("has begun", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_workers_do_each_job_once_and_leave_those_they_do_not_know()
    {
        const int Quick = 16;
        string[] trained = ["train1", "train2", "train3", "train4"];
        for (var i = 0; i < Quick; i++)
        {
            Add($"quick{i}", JobArguments.Train, new JobArguments(1, i, null), product: "nosuch");
        }

        for (var i = 0; i < trained.Length; i++)
        {
            Add(trained[i], JobArguments.Train, new JobArguments(1, i, null));
        }

        Add("newer", "forecast", new JobArguments(1, 1, null));
        using var first = WorkerProcess.Start(_workersData, _products, "--once");
        using var second = WorkerProcess.Start(_workersData, _products, "--once");
        Assert.Equal((0, 0), (await first.EndAsync(), await second.EndAsync()));

        string[] lines = [.. first.Lines, .. second.Lines];
        var begun = lines.Where(line => line.EndsWith("has begun.", StringComparison.Ordinal)).Select(line => line.Split(' ')[3]);
        string[] all = [.. trained, .. Enumerable.Range(0, Quick).Select(i => $"quick{i}")];
        Assert.Equal(all.Order(StringComparer.Ordinal), begun.Order(StringComparer.Ordinal));
        Assert.All(trained, id => Assert.True(Jobs.Find(id)!.State == JobState.Done, $"{Jobs.Find(id)}"));
        Assert.Equal(
            trained.Select(id => $"job {id}"),
            ModelRegistry.Open(_data).History("peerloan").Select(entry => entry.Reason).Order(StringComparer.Ordinal));
        Assert.All(
            Enumerable.Range(0, Quick),
            i => Assert.Equal("There is no product nosuch any more.", Jobs.Find($"quick{i}")!.Message));
        Assert.Equal(JobState.Queued, Jobs.Find("newer")!.State);
    }

    private static void RequireLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes and signals are read as Linux has them.");

    private static async Task WithinAsync(TimeSpan time, Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds();)
        {
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, time);
            await Task.Delay(20, Stop);
        }
    }

    private static async Task<string> AskAsync(HttpClient client, string body)
    {
        using var asked = await client.PostText("/api/v1/products/peerloan/jobs", body);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        return (string)JsonNode.Parse(await asked.Content.ReadAsStringAsync(Stop))!["id"]!;
    }

    private Task<SiteProcess> StartSiteAsync(params (string, string)[] environment)
    {
        var folders = new Dictionary<string, string?>();
        _data.AddTo(folders);
        return SiteProcess.StartAsync(
            _data.Path,
            _products,
            [
                ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
                .. folders.Select(folder => (folder.Key, folder.Value!)), .. environment,
            ]);
    }

    private void Add(string id, string kind, JobArguments arguments, string product = "peerloan") => Assert.True(Jobs.Add(
        new Job(id, product, kind, arguments.ToJson(), JobState.Queued, 0, "", null, DateTimeOffset.UtcNow, "test", null, null)));

    /// <summary>In the middle of its search: a trial is done.</summary>
    private Task RunsAsync(string job) => WithinAsync(
        TimeSpan.FromMinutes(2), () => TrialStore.Open(_data).Trials(job[..Math.Min(12, job.Length)]).Count > 0);

    private async Task<Job> EndedAsync(string id)
    {
        await WithinAsync(TimeSpan.FromMinutes(2), () => Jobs.Find(id)!.EndedAt is not null);
        return Jobs.Find(id)!;
    }

    [Slow]
    public sealed class OnSqlite : WorkersTests
    {
        public OnSqlite()
            : this(new SqliteStorage())
        {
        }

        private OnSqlite(SqliteStorage storage)
            : base(storage, storage.Folder)
        {
        }
    }

    /// <summary>The workers have another folder than the site, as on another machine.</summary>
    [Slow]
    public sealed class OnPostgres : WorkersTests
    {
        public OnPostgres()
            : this(new PostgresStorage())
        {
        }

        private OnPostgres(PostgresStorage storage)
            : base(storage, storage.Elsewhere())
        {
        }
    }
}
