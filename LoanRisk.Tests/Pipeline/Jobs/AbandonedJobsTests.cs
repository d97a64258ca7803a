using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Tests.Pipeline.Jobs;

public sealed class AbandonedJobsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetClock _clock = new();
    private readonly JobStore _jobs;

    public AbandonedJobsTests() => _jobs = JobStore.Open(new DataFolder(_folder.Path, "test"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_job_whose_lease_is_over_is_failed_at_once()
    {
        Take("gone");
        var abandoned = new AbandonedJobs(_jobs, _clock);
        Assert.Empty(abandoned.Fail(""));

        _clock.Now += JobStore.Lease * 2;

        Assert.Equal("gone", Assert.Single(abandoned.Fail("")).Id);
        Assert.Equal((JobState.Failed, JobWords.Interrupted), (_jobs.Find("gone")!.State, _jobs.Find("gone")!.Message));
    }

    [Fact]
    public void After_the_database_was_away_workers_get_the_time_to_say_that_they_live()
    {
        var living = Take("lives");
        Take("gone");
        var abandoned = new AbandonedJobs(_jobs, _clock);
        _clock.Now += JobStore.Lease * 2;
        File.Move(_folder["models.db"], _folder["away"]);
        Assert.Throws<StoreException>(() => abandoned.Fail(""));
        File.Move(_folder["away"], _folder["models.db"]);

        Assert.Empty(abandoned.Fail(""));
        Assert.Equal(JobHold.Held, _jobs.Renew(living, 0.5, "", _clock.Now));
        _clock.Now += AbandonedJobs.TimeToReturn;

        Assert.Equal("gone", Assert.Single(abandoned.Fail("")).Id);
    }

    private Job Take(string id)
    {
        Assert.True(_jobs.Add(new Job(id, "peerloan", "train", "{}", JobState.Queued, 0, "", null, _clock.Now, "test", null, null)));
        return _jobs.TakeNext(id, JobArguments.Kinds, _clock.Now)!;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.UtcTicks;
    }
}
