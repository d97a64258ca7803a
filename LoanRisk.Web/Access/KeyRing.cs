using System.Collections.Concurrent;
using System.Collections.Frozen;
using LoanRisk.Store;
using LoanRisk.Store.People;

namespace LoanRisk.Web.Access;

/// <summary>
/// All keys, in memory: a request with a key asks no database. They are read again every two seconds, so a key that is revoked anywhere is
/// worth nothing here soon after. While they cannot be read, those that were read last hold.
/// </summary>
public sealed partial class KeyRing(ApiKeys keys, TimeProvider clock, ILogger<KeyRing> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenUnknown = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);

    private readonly Lock _looking = new();

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    private FrozenDictionary<string, RingKey> _known = FrozenDictionary<string, RingKey>.Empty;

    private long _lookedAt;

    private long _notedAt = clock.GetTimestamp();

    private string? _trouble;

    /// <summary>Reads all keys now: a key that was made or revoked here counts at once.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public void Look()
    {
        lock (_looking)
        {
            var before = _known;
            _known = keys.All().Select(key => before.GetValueOrDefault(key.Id) is { } known && known.Key.RevokedAt == key.RevokedAt
                ? known // its caller is shared by all requests
                : new RingKey(key, Caller.OfKey(key))).ToFrozenDictionary(known => known.Key.Id, StringComparer.Ordinal);
            _lookedAt = clock.GetTimestamp();
        }
    }

    /// <summary>A key with the caller that shows it; null when there is none of that id.</summary>
    internal RingKey? Find(string id) => _known.GetValueOrDefault(id) ?? (LookForUnknown() ? _known.GetValueOrDefault(id) : null);

    /// <summary>Notes that a key is used; it is written down within a minute, beside the answers.</summary>
    internal void NoteUse(string id, DateTimeOffset now)
    {
        if (!_used.TryGetValue(id, out var last) || now - last > Interval)
        {
            _used[id] = now;
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Try(WriteUses);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await Next(timer, stoppingToken))
        {
            Try(Look);
            if (clock.GetElapsedTime(_notedAt) >= BetweenNotes)
            {
                Try(WriteUses);
                _notedAt = clock.GetTimestamp();
            }
        }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // One that was made elsewhere a moment ago; whoever sends made-up ones asks the database once a second and no more.
    private bool LookForUnknown()
    {
        if (clock.GetElapsedTime(_lookedAt) < BetweenUnknown || !_looking.TryEnter())
        {
            return false;
        }

        try
        {
            return clock.GetElapsedTime(_lookedAt) >= BetweenUnknown && Try(Look);
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void WriteUses()
    {
        var uses = _used.Select(use => (use.Key, use.Value)).ToList();
        if (uses.Count == 0)
        {
            return;
        }

        keys.NoteUse(uses);
        foreach (var (id, at) in uses)
        {
            _used.TryRemove(KeyValuePair.Create(id, at));
        }
    }

    private bool Try(Action work)
    {
        try
        {
            work();
            _trouble = null;
            return true;
        }
        catch (StoreException e)
        {
            if (_trouble != e.Message)
            {
                LogTrouble(log, e.Message);
                _trouble = e.Message;
            }

            _lookedAt = clock.GetTimestamp();
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of programs cannot be read just now; those that were known hold. {Cause}")]
    private static partial void LogTrouble(ILogger log, string cause);

    /// <summary>A key and its caller.</summary>
    internal sealed record RingKey(ApiKey Key, Caller Caller);
}
