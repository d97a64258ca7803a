using System.Threading.Channels;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Writes on one thread: all that waits when a commit begins goes to disk with it, so many waiting requests share one fsync. A save whose
/// rows are refused fails by itself; a failing disk fails the whole group.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    /// <summary>A commit with as many rows takes no further save.</summary>
    public const int MaxRowsPerCommit = 2000;

    private const int MaxWaiting = 1024;

    private readonly Channel<PendingSave> _waiting = Channel.CreateBounded<PendingSave>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly CommitLine _line;

    private readonly string _system;

    private readonly Task _writing;

    /// <param name="database">The database.</param>
    /// <param name="troubleChanged">Told, on the writing thread, why nothing can be stored from now on, and null when it can again.</param>
    /// <param name="clock">Measures the pauses between tries.</param>
    public GroupCommitWriter(DecisionDatabase database, Action<string?>? troubleChanged = null, TimeProvider? clock = null)
    {
        _system = database.System;
        _line = database.NewLine(clock ?? TimeProvider.System, troubleChanged ?? (static _ => { })).Open();
        _writing = Task.Factory.StartNew(WriteUntilClosed, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Commits made so far; many saves may share one.</summary>
    public long Commits => _line.Commits;

    /// <summary>Why nothing can be stored now; null when it can.</summary>
    public string? Trouble => _line.Trouble;

    /// <summary>True while nobody can say whether a decision is kept.</summary>
    public bool IsUnsettled(string id) => _line.Unsettled.Has(id);

    /// <summary>True while nobody can say whether the answer to a request is kept.</summary>
    public bool IsUnsettled(RequestKey request) => _line.Unsettled.Has(request);

    /// <summary>Ends when the rows are on disk.</summary>
    public async Task SaveAsync(SavedContent content, CancellationToken cancellationToken)
    {
        using var span = StoreTelemetry.BeginStoring();
        var save = new PendingSave(content, cancellationToken) { Span = span };
        try
        {
            await _waiting.Writer.WriteAsync(save, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreException("The program is stopping; nothing more is stored.", e);
        }

        await save.Done;
    }

    /// <summary>Writes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        _line.Dispose();
    }

    private void WriteUntilClosed()
    {
        var group = new List<PendingSave>();
        while (WaitForSaves())
        {
            TakeGroup(group);
            if (group.Count > 0)
            {
                var failure = Commit(group);
                group.ForEach(save => save.Answer(failure));
                group.Clear();
            }
        }
    }

    private Exception? Commit(List<PendingSave> group)
    {
        using var commit = new ObservedCommit(group, _system);
        return commit.Failure = _line.Commit(group);
    }

    /// <summary>False when none comes any more. While the disk fails, it is tried again in between.</summary>
    private bool WaitForSaves()
    {
        var waiting = _waiting.Reader.WaitToReadAsync().AsTask();
        while (_line.UntilNextTry is { } pause && !waiting.Wait(pause))
        {
            _line.TryAgain();
        }

        return waiting.GetAwaiter().GetResult();
    }

    private void TakeGroup(List<PendingSave> group)
    {
        for (var rows = 0; rows < MaxRowsPerCommit && _waiting.Reader.TryRead(out var save);)
        {
            if (save.Abandoned)
            {
                save.Abandon();
                continue;
            }

            group.Add(save);
            rows += save.Content.Lines;
        }
    }
}
