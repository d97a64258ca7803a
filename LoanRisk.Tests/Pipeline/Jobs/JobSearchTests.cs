using LoanRisk.Pipeline.Tune;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Trials;
using LoanRisk.Pipeline.Jobs;

namespace LoanRisk.Tests.Pipeline.Jobs;

public sealed class JobSearchTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly JobStore _jobs;
    private readonly TrialStore _trials;

    public JobSearchTests()
    {
        var folder = new DataFolder(_folder.Path, "test");
        (_jobs, _trials) = (JobStore.Open(folder), TrialStore.Open(folder));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(JobState.Cancelled)]
    [InlineData(JobState.Failed)]
    public void The_search_of_a_job_that_asked_for_the_same_and_came_to_nothing_goes_on(JobState state)
    {
        var first = Search("first-job-0000", ends: state);
        var second = Search("second-job-000", ends: JobState.Cancelled);
        var third = Search("third-job-0000", ends: state);

        Assert.Equal("first-job-00", first.Study.Id);
        Assert.Equal((first.Study, first.Study), (second.Study, third.Study));
        Assert.Single(_trials.Studies("peerloan"));
    }

    [Fact]
    public void Another_request_other_data_and_an_ended_search_begin_anew()
    {
        Search("first-job-0000", ends: JobState.Cancelled);

        Assert.Equal("other-seed-0", Search("other-seed-000", seed: 2).Study.Id);
        Assert.Equal("other-number", Search("other-number-0", trials: 4).Study.Id);
        Assert.Equal("other-data-0", Search("other-data-000", data: "d2").Study.Id);
        _trials.End("first-job-00", Now, null);
        Assert.Equal("after-end-00", Search("after-end-0000").Study.Id);
    }

    [Fact]
    public void A_search_that_another_worker_goes_on_with_is_left_to_it()
    {
        Search("first-job-0000", ends: JobState.Cancelled);
        Assert.Equal("first-job-00", Search("second-job-000").Study.Id);

        Assert.Equal("third-job-00", Search("third-job-0000").Study.Id);
    }

    [Fact]
    public void A_search_of_the_console_is_left_alone_for_it_may_be_running()
    {
        _trials.Begin(new Study("console", "peerloan", "d1", Settings(1, 3).ToJson(), Now));

        Assert.Equal("first-job-00", Search("first-job-0000").Study.Id);
    }

    private static TuneSettings Settings(int seed, int trials) => new() { Seed = seed, Trials = trials };

    private JobSearch Search(string id, int seed = 1, int trials = 3, string data = "d1", JobState? ends = null)
    {
        var job = new Job(
            id,
            "peerloan",
            JobArguments.Tune,
            new JobArguments(1, seed, trials).ToJson(),
            JobState.Queued,
            0,
            "",
            null,
            Now,
            "api",
            null,
            null);
        Assert.True(_jobs.Add(job));
        job = _jobs.TakeNext(id, JobArguments.Kinds, Now)!;
        var search = JobSearch.For(job, new WantedSearch(data, Settings(seed, trials)), _jobs, _trials, Now);
        if (ends is { } state)
        {
            _jobs.End(job, new JobEnd(state, ""), Now);
        }

        return search;
    }
}
