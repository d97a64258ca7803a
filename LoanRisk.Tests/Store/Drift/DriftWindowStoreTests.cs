using LoanRisk.Store.Drift;

namespace LoanRisk.Tests.Store.Drift;

/// <summary>Windows that were looked at, the same on both databases.</summary>
public abstract class DriftWindowStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly DriftSeries Series = new("peerloan", new string('a', 64), new string('b', 64));

    private readonly Storage _storage;

    private readonly DriftWindowStore _store;

    protected DriftWindowStoreTests(Storage storage)
    {
        _storage = storage;
        _store = DriftWindowStore.Open(storage.Folder);
    }

    public void Dispose()
    {
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Windows_come_back_whole_and_the_newest_first()
    {
        Assert.True(_store.Add(Series, Window(1)));
        Assert.True(_store.Add(Series, Window(2) with { Alarm = true }));

        Assert.Equal([Window(2) with { Alarm = true }, Window(1)], DriftWindowStore.Open(_storage.Folder).Newest(Series, 10));
        Assert.Equal([Window(2) with { Alarm = true }], _store.Newest(Series, 1));
    }

    [Fact]
    public void Another_model_and_another_rule_have_windows_of_their_own()
    {
        _store.Add(Series, Window(1));

        Assert.Empty(_store.Newest(Series with { ModelId = new string('c', 64) }, 10));
        Assert.Empty(_store.Newest(Series with { Rule = new string('c', 64) }, 10));
        Assert.Empty(_store.Newest(Series with { Product = "other" }, 10));
    }

    [Fact]
    public void A_window_that_another_node_has_kept_stays()
    {
        _store.Add(Series, Window(1));

        Assert.False(_store.Add(Series, Window(1) with { Decisions = 7 }));
        Assert.Equal([Window(1)], _store.Newest(Series, 10));
    }

    private static DriftWindow Window(int number) => new()
    {
        Number = number,
        FirstAt = Noon,
        LastAt = Noon.AddDays(7),
        LastSeq = 5_000_000_000L + number,
        Decisions = 1_000,
        Alarm = false,
        Result = "{\"report\":{}}",
        MadeAt = Noon.AddDays(8),
    };

    public sealed class OnSqlite() : DriftWindowStoreTests(new SqliteStorage());

    [Slow]
    public sealed class OnPostgres() : DriftWindowStoreTests(new PostgresStorage());
}
