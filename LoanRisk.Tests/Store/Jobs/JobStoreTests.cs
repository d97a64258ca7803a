using Dapper;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Tests.Store.Jobs;

/// <summary>Jobs, the same on both databases.</summary>
public abstract class JobStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Kinds = ["train", "tune"];

    private readonly Storage _storage;

    private readonly JobStore _store;

    protected JobStoreTests(Storage storage)
    {
        _storage = storage;
        _store = JobStore.Open(storage.Folder);
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Jobs_are_taken_in_the_order_they_were_asked_for_and_each_once()
    {
        Add("first");
        Add("second");

        var first = Take()!;
        Assert.Equal(("first", JobState.Running, Noon, "w"), (first.Id, first.State, first.StartedAt, first.Worker));
        Assert.Equal(first, _store.Find("first"));
        Assert.Equal("second", Take()!.Id);
        Assert.Null(Take());
    }

    [Fact]
    public async Task Workers_that_take_at_the_same_time_never_take_the_same()
    {
        var ids = Enumerable.Range(0, 24).Select(i => $"job{i:D2}").ToList();
        ids.ForEach(Add);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var store = JobStore.Open(_storage.Folder);
            var mine = new List<string>();
            while (store.TakeNext($"w{worker}", Kinds, Noon) is { } job)
            {
                mine.Add(job.Id);
            }

            return mine;
        })));

        Assert.Equal(ids, taken.SelectMany(mine => mine).Order());
    }

    [Fact]
    public void A_kind_that_a_worker_does_not_know_waits_for_one_that_does()
    {
        Add("new", "forecast");
        Assert.False(_store.AnyWaiting(Kinds));
        Assert.Null(Take());
        Add("known");

        Assert.True(_store.AnyWaiting(Kinds));
        Assert.Equal("known", Take()!.Id);
        Assert.Equal(JobState.Queued, _store.Find("new")!.State);
        Assert.Equal("new", _store.TakeNext("newer", ["train", "forecast"], Noon)!.Id);
    }

    [Fact]
    public void A_job_ends_once_and_only_by_its_worker()
    {
        Add("one");
        var taken = Take()!;
        var other = taken with { Worker = "other" };
        Assert.Equal(JobHold.Held, _store.Renew(taken, 0.5, "Training", Noon));
        Assert.Equal((0.5, "Training"), (_store.Find("one")!.Progress, _store.Find("one")!.Message));
        Assert.Equal((JobHold.Lost, JobHold.Lost), (_store.HoldOn(other), _store.Renew(other, 0.6, "Not mine", Noon)));
        Assert.False(_store.End(other, new JobEnd(JobState.Failed, "Failed"), Noon));

        Assert.True(_store.End(taken, new JobEnd(JobState.Done, "Done", "model"), Noon));
        Assert.False(_store.End(taken, new JobEnd(JobState.Failed, "Failed"), Noon));
        Assert.Equal(JobHold.Lost, _store.Renew(taken, 0.1, "late news", Noon));

        var job = _store.Find("one")!;
        Assert.Equal((JobState.Done, 1.0, "Done", "model", Noon), (job.State, job.Progress, job.Message, job.Result, job.EndedAt));
    }

    [Fact]
    public void A_waiting_job_is_cancelled_on_the_spot_and_the_worker_of_a_running_one_is_asked_to()
    {
        Add("running");
        Add("waiting");
        var running = Take()!;
        Assert.Equal(JobHold.Held, _store.HoldOn(running));

        Assert.True(_store.Cancel("waiting", "called off", Noon));
        Assert.True(_store.Cancel("running", "called off", Noon));

        Assert.Null(Take());
        Assert.Equal((JobState.Cancelled, "called off"), (_store.Find("waiting")!.State, _store.Find("waiting")!.Message));
        Assert.Equal((JobState.Running, ""), (_store.Find("running")!.State, _store.Find("running")!.Message));
        Assert.Equal((JobHold.CancelRequested, JobHold.CancelRequested), (_store.HoldOn(running), _store.Renew(running, 0, "", Noon)));
        _store.End(running, new JobEnd(JobState.Cancelled, ""), Noon);
        Assert.False(_store.Cancel("running", "called off", Noon));
        Assert.False(_store.Cancel("nobody", "called off", Noon));
    }

    [Fact]
    public void A_job_whose_worker_is_silent_for_longer_than_its_lease_is_failed_and_one_that_runs_elsewhere_is_left_alone()
    {
        Add("silent");
        Add("renewed");
        Add("waiting");
        Take("gone");
        var renewed = Take("lives")!;
        var later = Noon + JobStore.Lease;
        Assert.False(_store.AnyAbandoned(later));
        Assert.Empty(_store.FailAbandoned("gone", later));
        Assert.Equal(JobHold.Held, _store.Renew(renewed, 0, "", later));
        var over = later.AddTicks(1);
        Assert.False(_store.AnyAbandoned(over, living: "gone"));
        Assert.Empty(_store.FailAbandoned("gone", over, living: "gone"));
        Assert.True(_store.AnyAbandoned(over));

        var failed = Assert.Single(_store.FailAbandoned("Its worker is gone.", over));

        Assert.Equal(("silent", JobState.Failed, "Its worker is gone.", over), (failed.Id, failed.State, failed.Message, failed.EndedAt));
        Assert.Equal(failed, _store.Find("silent"));
        Assert.Equal(
            (JobState.Running, JobState.Queued), (_store.Find("renewed")!.State, _store.Find("waiting")!.State));
    }

    [Fact]
    public void The_job_of_a_worker_that_is_known_to_be_gone_is_failed_at_once()
    {
        Add("running");
        Take("gone");

        Assert.Null(_store.FailOf("other", "x", Noon));
        Assert.Equal(("running", JobState.Failed, "killed"), Parts(_store.FailOf("gone", "killed", Noon)!));
        Assert.Null(_store.FailOf("gone", "killed", Noon));

        static (string, JobState, string) Parts(Job job) => (job.Id, job.State, job.Message);
    }

    [Fact]
    public void A_full_queue_takes_no_job_until_one_is_taken_from_it()
    {
        Add("first");
        Add("second");

        Assert.False(_store.Add(Job("third"), mostWaiting: 2));
        Assert.Null(_store.Find("third"));
        Take();
        Assert.True(_store.Add(Job("third"), mostWaiting: 2));
    }

    [Fact]
    public void Fruitless_are_those_of_the_same_request_that_ended_without_a_result()
    {
        foreach (var (id, state) in new[] { ("failed", JobState.Failed), ("cancelled", JobState.Cancelled), ("done", JobState.Done) })
        {
            Add(id);
            _store.End(Take()!, new JobEnd(state, ""), Noon);
        }

        Add("waiting");

        Assert.Equal(["cancelled", "failed"], _store.Fruitless("peerloan", "train", "{}").Select(job => job.Id));
        Assert.Empty(_store.Fruitless("peerloan", "tune", "{}"));
        Assert.Empty(_store.Fruitless("peerloan", "train", "{ }"));
        Assert.Empty(_store.Fruitless("other", "train", "{}"));
    }

    [Fact]
    public void An_unknown_job_is_null() => Assert.Null(_store.Find("nobody"));

    [Fact]
    public void Another_job_of_the_same_request_that_runs_is_seen()
    {
        Add("one");
        Add("other", "tune");
        Add("two");
        var one = Take()!;
        Take();
        Assert.False(_store.IsRunningTwice(one));

        Take();

        Assert.True(_store.IsRunningTwice(one));
    }

    private void Add(string id) => Add(id, "train");

    private void Add(string id, string kind) => Assert.True(_store.Add(Job(id) with { Kind = kind }));

    private Job? Take(string worker = "w") => _store.TakeNext(worker, Kinds, Noon);

    private static Job Job(string id) => new(id, "peerloan", "train", "{}", JobState.Queued, 0, "", null, Noon, "test", null, null);

    public sealed class OnSqlite() : JobStoreTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : JobStoreTests(new PostgresStorage())
    {
        [Fact]
        public void A_job_that_another_program_is_taking_is_passed_by()
        {
            Add("first");
            Add("second");
            using var other = _storage.ConnectToModels();
            using var taking = other.BeginTransaction();
            other.Execute("SELECT id FROM jobs WHERE id = 'first' FOR UPDATE", transaction: taking);

            Assert.Equal("second", Take()!.Id);
        }
    }
}
