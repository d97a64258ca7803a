using Dapper;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Tests.Store.Jobs;

/// <summary>Jobs, the same on both databases.</summary>
public abstract class JobStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

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

        Assert.Equal(
            ("first", JobState.Running, Noon), (_store.TakeNext(Noon)!.Id, _store.Find("first")!.State, _store.Find("first")!.StartedAt));
        Assert.Equal("second", _store.TakeNext(Noon)!.Id);
        Assert.Null(_store.TakeNext(Noon));
    }

    [Fact]
    public void A_job_ends_once()
    {
        Add("one");
        _store.TakeNext(Noon);
        _store.SetProgress("one", 0.5, "Training");
        Assert.Equal((0.5, "Training"), (_store.Find("one")!.Progress, _store.Find("one")!.Message));

        Assert.True(_store.End("one", JobState.Done, "Done", "model", Noon));
        Assert.False(_store.End("one", JobState.Failed, "Failed", null, Noon));
        _store.SetProgress("one", 0.1, "late news");

        var job = _store.Find("one")!;
        Assert.Equal((JobState.Done, 1.0, "Done", "model", Noon), (job.State, job.Progress, job.Message, job.Result, job.EndedAt));
    }

    [Fact]
    public void Only_a_waiting_job_is_cancelled_on_the_spot()
    {
        Add("running");
        Add("waiting");
        _store.TakeNext(Noon);

        Assert.False(_store.CancelWaiting("running", "x", Noon));
        Assert.True(_store.CancelWaiting("waiting", "called off", Noon));
        Assert.Null(_store.TakeNext(Noon));
        Assert.Equal((JobState.Cancelled, "called off"), (_store.Find("waiting")!.State, _store.Find("waiting")!.Message));
    }

    [Fact]
    public void What_ran_when_the_program_ended_is_failed_and_what_waited_waits()
    {
        Add("running");
        Add("waiting");
        _store.TakeNext(Noon);

        var again = JobStore.Open(_storage.Folder);

        Assert.Equal(1, again.FailRunning("The program ended.", Noon));
        Assert.Equal((JobState.Failed, "The program ended."), (again.Find("running")!.State, again.Find("running")!.Message));
        Assert.Equal("waiting", again.TakeNext(Noon)!.Id);
    }

    [Fact]
    public void A_full_queue_takes_no_job_until_one_is_taken_from_it()
    {
        Add("first");
        Add("second");

        Assert.False(_store.Add(Job("third"), mostWaiting: 2));
        Assert.Null(_store.Find("third"));
        _store.TakeNext(Noon);
        Assert.True(_store.Add(Job("third"), mostWaiting: 2));
    }

    [Fact]
    public void Fruitless_are_those_of_the_same_request_that_ended_without_a_result()
    {
        foreach (var (id, state) in new[] { ("failed", JobState.Failed), ("cancelled", JobState.Cancelled), ("done", JobState.Done) })
        {
            Add(id);
            _store.End(id, state, "", null, Noon);
        }

        Add("waiting");

        Assert.Equal(["cancelled", "failed"], _store.Fruitless("peerloan", "train", "{}").Select(job => job.Id));
        Assert.Empty(_store.Fruitless("peerloan", "tune", "{}"));
        Assert.Empty(_store.Fruitless("peerloan", "train", "{ }"));
        Assert.Empty(_store.Fruitless("other", "train", "{}"));
    }

    [Fact]
    public void An_unknown_job_is_null() => Assert.Null(_store.Find("nobody"));

    private void Add(string id) => Assert.True(_store.Add(Job(id)));

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

            Assert.Equal("second", _store.TakeNext(Noon)!.Id);
        }
    }
}
