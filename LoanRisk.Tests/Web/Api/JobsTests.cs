using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.MLNet;
using LoanRisk.Web.Api;
using LoanRisk.Web.Problems;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class JobsTests(JobSite open) : IClassFixture<JobSite>
{
    private const string Address = "/api/v1/products/peerloan/jobs";

    private readonly HttpClient _client = open.Site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_training_job_is_accepted_watched_and_ends_with_a_candidate()
    {
        var (id, location) = await Start("""{"kind": "train", "dataVersion": 1, "seed": 7}""");
        Assert.Equal($"/api/v1/jobs/{id}", location);

        var seen = new List<double>();
        var job = await Ended(id, seen);

        Assert.True((string)job["state"]! == "done", $"{job}");
        Assert.Equal(1, (double)job["progress"]!);
        Assert.Equal(seen.Order(), seen);
        var model = open.Site.Service<ModelRegistry>().Find((string)job["modelId"]!)!;
        Assert.Equal((ModelState.Candidate, ModelSource.Trained, "peerloan"), (model.State, model.Source, model.Product));
        Assert.Equal(open.Site.Service<DataSetStore>().Versions("peerloan")[0].Id, model.DataVersion);
        Assert.NotNull(model.TrainingTime);
        await _client.DeleteAsync($"/api/v1/jobs/{id}", Stop).Problem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_job_trains_with_ML_NET_when_it_says_so()
    {
        NativeTrainer.Require();
        var (id, _) = await Start("""{"kind": "tune", "trials": 1, "seed": 7, "trainer": "mlnet"}""");

        var job = await Ended(id, []);

        Assert.True((string)job["state"]! == "done", $"{job}");
        var manifest = open.Site.Service<ModelRegistry>().Files((string)job["modelId"]!)[PackageFiles.Manifest];
        Assert.Equal("mlnet", (string)JsonNode.Parse(manifest.Span)!["parameters"]!["trainer"]!);
    }

    [Fact]
    public async Task A_running_search_and_a_waiting_job_are_cancelled_and_register_nothing_and_the_search_goes_on_when_asked_for_again()
    {
        const string Search = """{"kind": "tune", "trials": 500, "seed": 11}""";
        var models = open.Site.Service<ModelRegistry>().List("peerloan").Count;
        var (running, _) = await Start(Search);
        var (waiting, _) = await Start("""{"kind": "train", "seed": 12}""");
        var trials = TrialStore.Open(open.Site.Service<DataFolder>());
        await Until(running, job => (string)job["state"]! == "running" && trials.Trials(running[..12]).Count > 0);

        Assert.Equal("cancelled", (string)(await Cancel(waiting))["state"]!);
        await Cancel(running);

        var cancelled = await Ended(running, []);
        Assert.Equal(("cancelled", "cancelled"), ((string)cancelled["state"]!, (string)(await Ended(waiting, []))["state"]!));
        Assert.Contains("Asked for again, the search goes on", (string)cancelled["message"]!);
        var done = trials.Trials(running[..12]).Count;
        var (again, _) = await Start(Search);
        await Until(
            again,
            job => ((string)job["message"]!).StartsWith($"Tuning PeerLoan, going on after {done} of 500 trials", StringComparison.Ordinal));
        await Until(again, _ => trials.Trials(running[..12]).Count > done);
        await Cancel(again);
        await Ended(again, []);
        Assert.Empty(trials.Trials(again[..12]));
        Assert.Equal(models, open.Site.Service<ModelRegistry>().List("peerloan").Count);
    }

    [Fact]
    public async Task A_full_queue_takes_no_more_until_there_is_room()
    {
        List<string> ids = [(await Start("""{"kind": "tune", "trials": 500, "seed": 21}""")).Id];
        await Until(ids[0], job => (string)job["state"]! == "running");
        for (var i = 0; i < JobsController.MostWaiting; i++)
        {
            ids.Add((await Start("""{"kind": "train", "seed": 22}""")).Id);
        }

        var problem = await _client.PostText(Address, """{"kind": "train"}""").Problem(HttpStatusCode.Conflict);
        await Cancel(ids[^1]);
        ids[^1] = (await Start("""{"kind": "train", "seed": 23}""")).Id;

        Assert.Contains("20 jobs wait already", (string)problem["detail"]!);
        foreach (var id in Enumerable.Reverse(ids))
        {
            await Cancel(id);
        }

        Assert.Equal("cancelled", (string)(await Ended(ids[0], []))["state"]!);
    }

    [Theory]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind": "predict"}""", "kind")]
    [InlineData("""{"kind": "train", "trials": 3}""", "trials")]
    [InlineData("""{"kind": "tune", "trials": 0}""", "trials")]
    [InlineData("""{"kind": "train", "seed": -1}""", "seed")]
    [InlineData("""{"kind": "train", "seed": 1.5}""", "seed")]
    [InlineData("""{"kind": "train", "dataVersion": 99}""", "dataVersion")]
    [InlineData("""{"kind": "train", "file": "/etc/passwd"}""", "file")]
    [InlineData("""{"kind": "train", "trainer": "xgboost"}""", "trainer")]
    [InlineData("""{"kind": "tune", "trainer": 1}""", "trainer")]
    public async Task A_wrong_request_is_refused_with_the_field(string body, string field) =>
        Assert.Equal(field, Assert.Single(await _client.PostText(Address, body).FieldErrors()).Field);

    [Fact]
    public async Task Unknown_jobs_and_products_are_404()
    {
        await _client.GetAsync("/api/v1/jobs/nobody", Stop).Problem(HttpStatusCode.NotFound);
        await _client.DeleteAsync("/api/v1/jobs/nobody", Stop).Problem(HttpStatusCode.NotFound);
        await _client.PostText("/api/v1/products/nosuch/jobs", """{"kind": "train"}""").Problem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_data_there_is_no_job_and_the_answer_says_what_to_do()
    {
        await using var empty = new OpenSite();
        using var client = empty.Site.CreateClient();

        var problem = await client.PostText(Address, """{"kind": "train"}""").Problem(HttpStatusCode.Conflict);

        Assert.Contains("loanrisk ingest peerloan", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Without_the_scope_no_job_starts()
    {
        await using var closed = new LoanRiskSite();
        using var client = closed.CreateStranger();
        client.DefaultRequestHeaders.Authorization = SiteAccess.Key(closed.Services, ["score", "data"]);

        var problem = await client.PostText(Address, """{"kind": "train"}""").Problem(HttpStatusCode.Forbidden);

        Assert.Contains("lacks the scope models", (string)problem["detail"]!);
    }

    [Fact]
    public async Task A_job_that_ran_when_the_site_went_down_is_failed_at_the_next_start()
    {
        await using var next = new OpenSite();
        var jobs = JobStore.Open(new DataFolder(Directory.CreateDirectory(next.Site.Data).FullName, "test"));
        jobs.Add(new Job("left", "peerloan", "train", "{}", JobState.Queued, 0, "", null, DateTimeOffset.UtcNow, "api", null, null));
        jobs.TakeNext("gone", JobArguments.Kinds, DateTimeOffset.UtcNow - JobStore.Lease);
        using var client = next.Site.CreateClient();

        var job = await Ended("left", [], client);

        Assert.Equal("failed", (string)job["state"]!);
        Assert.Contains("stopped while this ran", (string)job["message"]!);
    }

    [Fact]
    public async Task A_search_that_the_end_of_the_site_cut_off_goes_on_when_asked_for_again_and_ends_with_its_model()
    {
        await using var next = new OpenSite();
        var folder = new DataFolder(Directory.CreateDirectory(next.Site.Data).FullName, "test");
        var study = CutOffSearch.Leave(folder, trials: 3, done: 2, seed: 9);
        using var client = next.Site.CreateClient();
        var trials = TrialStore.Open(folder);
        var before = trials.Trials(study);
        Assert.Equal("failed", (string)(await Ended(CutOffSearch.Job, [], client))["state"]!);

        var (id, _) = await Start(CutOffSearch.Body, client);
        var job = await Ended(id, [], client);

        Assert.True((string)job["state"]! == "done", $"{job}");
        Assert.EndsWith("; 2 of the 3 trials were those of an earlier job.", (string)job["message"]!, StringComparison.Ordinal);
        var model = next.Site.Service<ModelRegistry>().Find((string)job["modelId"]!)!;
        Assert.Equal(
            (ModelState.Candidate, ModelSource.Tuned, 1),
            (model.State, model.Source, next.Site.Service<DataSetStore>().Versions("peerloan").Count));
        Assert.Equal(next.Site.Service<DataSetStore>().Versions("peerloan")[0].Id, model.DataVersion);
        var ended = Assert.Single(trials.Studies("peerloan"));
        Assert.Equal((study, model.Id), (ended.Id, ended.ModelId));
        Assert.NotNull(ended.EndedAt);
        Assert.Equal(before.Select(trial => trial.StartedAt), trials.Trials(study).Take(2).Select(trial => trial.StartedAt));
        Assert.Equal([1, 2, 3], trials.Trials(study).Select(trial => trial.Number));
    }

    private async Task<(string Id, string Location)> Start(string body, HttpClient? client = null)
    {
        using var response = await (client ?? _client).PostText(Address, body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
        return ((string)job["id"]!, response.Headers.Location!.ToString());
    }

    private async Task<JsonNode> Cancel(string id)
    {
        using var response = await _client.DeleteAsync($"/api/v1/jobs/{id}", Stop);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
    }

    private async Task Until(string id, Func<JsonNode, bool> reached)
    {
        for (var job = await Get(); !reached(job); job = await Get())
        {
            Assert.True(job["endedAt"] is null, $"{job}");
            await Task.Delay(20, Stop);
        }

        Task<JsonNode> Get() => _client.GetAsync($"/api/v1/jobs/{id}", Stop).Answer();
    }

    private async Task<JsonNode> Ended(string id, List<double> progress, HttpClient? client = null)
    {
        while (true)
        {
            var job = await (client ?? _client).GetAsync($"/api/v1/jobs/{id}", Stop).Answer();
            progress.Add((double)job["progress"]!);
            if (job["endedAt"] is not null)
            {
                return job;
            }

            await Task.Delay(50, Stop);
        }
    }
}

/// <summary>An open site with a data version to train on.</summary>
public sealed class JobSite : IAsyncDisposable
{
    public JobSite()
    {
        using var folder = new TemporaryFolder();
        SyntheticLoans.Write(folder["loans.csv"], seed: 5, rows: 1200);
        IngestRun.Run(
            PeerLoan.Product,
            new IngestInput(folder.Path, []),
            Site.Service<DataSetStore>(),
            new IngestOptions(DateTimeOffset.UtcNow.AddDays(1)));
    }

    public LoanRiskSite Site { get; } = new();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
