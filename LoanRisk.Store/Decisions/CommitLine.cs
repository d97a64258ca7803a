namespace LoanRisk.Store.Decisions;

/// <summary>
/// The connection that writes decisions, one group of saves a commit. While the database fails, saves are refused at once and a write of
/// its own tries again, with growing pauses; what nobody knows of is settled before anything else is acknowledged. One thread uses it.
/// </summary>
internal abstract class CommitLine(TimeProvider clock, Action<string?> troubleChanged) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private TimeSpan _pause = ShortestPause;

    private long _failedAt;

    private volatile string? _trouble;

    private volatile UnsettledLines _unsettled = UnsettledLines.None;

    /// <summary>Commits made so far.</summary>
    public long Commits { get; protected set; }

    /// <summary>Why nothing can be stored now; null when it can. Any thread may ask.</summary>
    public string? Trouble => _trouble;

    /// <summary>How long to wait before <see cref="TryAgain"/>; null when nothing is wrong.</summary>
    public TimeSpan? UntilNextTry =>
        _trouble is null ? null : TimeSpan.FromTicks(Math.Max(0, (_pause - clock.GetElapsedTime(_failedAt)).Ticks));

    /// <summary>What nobody knows of whether it is kept. Any thread may ask.</summary>
    public UnsettledLines Unsettled => _unsettled;

    /// <summary>Opens the connection.</summary>
    /// <exception cref="Exception">It cannot be opened.</exception>
    public abstract CommitLine Open();

    /// <summary>Null when the group is durable; saves that were refused know it.</summary>
    public Exception? Commit(IReadOnlyList<PendingSave> group)
    {
        if (UntilNextTry == TimeSpan.Zero)
        {
            TryAgain();
        }

        return _trouble is { } trouble ? new StoreException(trouble) : Write(group);
    }

    /// <summary>Looks whether the database takes writes again, by one that settles what failed before.</summary>
    public void TryAgain()
    {
        try
        {
            Mend();
            _pause = ShortestPause;
            Report(null);
        }
        catch (Exception e)
        {
            Drop();
            Fail(e, _pause * 2);
        }
    }

    public void Dispose() => Drop();

    /// <summary>Null when the group is durable, else why it is not; then <see cref="Fail(Exception)"/> was told.</summary>
    protected abstract Exception? Write(IReadOnlyList<PendingSave> group);

    /// <summary>Opens what is closed, and settles what nobody knows of.</summary>
    /// <exception cref="Exception">The database does not take writes yet.</exception>
    protected abstract void Mend();

    /// <summary>Closes the connection, whatever state it is in.</summary>
    protected abstract void Drop();

    /// <summary>An error in words for the person who runs the program; an error of the program itself as it is.</summary>
    protected abstract Exception Explain(Exception error);

    /// <summary>True for an error that came of waiting, so that the next try needs no pause.</summary>
    protected virtual bool HasWaited(Exception error) => false;

    /// <summary>Nothing can be stored until the next try; answers the error in words.</summary>
    protected Exception Fail(Exception error) => Fail(error, ShortestPause);

    /// <summary>Nobody knows whether these saves are kept.</summary>
    protected void Unsettle(IEnumerable<PendingSave> saves) => _unsettled = _unsettled.With(saves.Select(save => save.Content));

    /// <summary>None of what nobody knew of is kept.</summary>
    protected void Settled() => _unsettled = UnsettledLines.None;

    private Exception Fail(Exception error, TimeSpan pause)
    {
        _pause = HasWaited(error)
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Clamp(pause.Ticks, ShortestPause.Ticks, LongestPause.Ticks));
        _failedAt = clock.GetTimestamp();
        var explained = Explain(error);
        if (_trouble is null)
        {
            Report(explained.Message);
        }

        return explained;
    }

    private void Report(string? trouble)
    {
        var changed = _trouble != trouble;
        _trouble = trouble;
        if (changed)
        {
            troubleChanged(trouble);
        }
    }
}
