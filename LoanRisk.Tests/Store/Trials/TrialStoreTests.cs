using LoanRisk.Store;
using LoanRisk.Store.Trials;

namespace LoanRisk.Tests.Store.Trials;

/// <summary>Searches and their trials, the same on both databases.</summary>
public abstract class TrialStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Storage _storage;

    private readonly TrialStore _store;

    protected TrialStoreTests(Storage storage)
    {
        _storage = storage;
        _store = TrialStore.Open(storage.Folder);
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Trials_come_back_in_order_and_bit_by_bit()
    {
        _store.Begin(StudyOf("first"));
        var failed = TrialOf(2) with { Folds = [], Metric = double.MinValue, Complete = false };
        _store.Add("first", failed);
        _store.Add("first", TrialOf(1));

        Assert.Equivalent(new[] { TrialOf(1), failed }, TrialStore.Open(_storage.Folder).Trials("first"), strict: true);
        Assert.Empty(_store.Trials("second"));
    }

    [Fact]
    public void A_trial_that_another_program_has_kept_is_refused()
    {
        _store.Begin(StudyOf("first"));
        _store.Add("first", TrialOf(1));

        Assert.Contains("is kept already", Assert.Throws<StoreException>(() => _store.Add("first", TrialOf(1))).Message);
    }

    [Fact]
    public void Searches_come_back_the_newest_first_with_how_they_ended()
    {
        _store.Begin(StudyOf("first"));
        _store.Begin(StudyOf("second"));
        _store.End("first", Noon.AddHours(1), "model");

        Assert.Equal(
            [StudyOf("second"), StudyOf("first") with { EndedAt = Noon.AddHours(1), ModelId = "model" }], _store.Studies("peerloan"));
        Assert.Empty(_store.Studies("other"));
    }

    private static Study StudyOf(string id) => new(id, "peerloan", new string('d', 64), "{\"trials\":3}", Noon);

    private static Trial TrialOf(int number) => new()
    {
        Number = number,
        Step = "random",
        Parameters = new Dictionary<string, string> { ["num_leaves"] = "31" },
        Seed = int.MaxValue,
        Folds = [0.1, 1.0 / 3],
        Metric = (0.1 + (1.0 / 3)) / 2,
        StartedAt = Noon,
        Seconds = 1.25,
    };

    public sealed class OnSqlite() : TrialStoreTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : TrialStoreTests(new PostgresStorage());
}
