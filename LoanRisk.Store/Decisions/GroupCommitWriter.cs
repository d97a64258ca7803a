using System.Threading.Channels;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

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

    private readonly Channel<PendingSave> _waiting = Channel.CreateBounded<PendingSave>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly DatabaseFile _database;

    private readonly DecisionInsert _insert;

    private readonly Task _writing;

    public GroupCommitWriter(DatabaseFile database)
    {
        _database = database;
        _insert = new DecisionInsert(database.Writing);
        _writing = Task.Factory.StartNew(WriteUntilClosed, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Commits made so far; many saves may share one.</summary>
    public long Commits { get; private set; }

    /// <summary>Ends when the rows are on disk.</summary>
    public async Task SaveAsync(IReadOnlyList<DecisionRow> rows, IReadOnlyList<ReportedOutcome> outcomes, CancellationToken cancellationToken)
    {
        var save = new PendingSave(rows, outcomes, cancellationToken);
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
        _insert.Dispose();
    }

    private void WriteUntilClosed()
    {
        var group = new List<PendingSave>();
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeGroup(group);
            if (group.Count > 0)
            {
                var failure = WriteGroup(group);
                group.ForEach(save => save.Answer(failure));
                group.Clear();
            }
        }
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
            rows += save.Rows.Count + save.Outcomes.Count;
        }
    }

    /// <summary>Null when the group is on disk; saves that were refused know it.</summary>
    private Exception? WriteGroup(List<PendingSave> group)
    {
        try
        {
            using var transaction = _database.Writing.BeginTransaction(deferred: false);
            group.ForEach(save => WriteSave(save, transaction));
            transaction.Commit();
            Commits++;
            return null;
        }
        catch (Exception e)
        {
            return StoreException.From(e, _database.Path);
        }
    }

    private void WriteSave(PendingSave save, SqliteTransaction transaction)
    {
        const string Savepoint = "one_save";
        transaction.Save(Savepoint);
        try
        {
            foreach (var row in save.Rows)
            {
                _insert.Execute(row, transaction);
            }

            OutcomeInsert.Execute(_database.Writing, save.Outcomes, transaction);
        }
        catch (Exception e) when (e is UnknownDecisionException || (e is SqliteException && StoreException.From(e, _database.Path) == e))
        {
            transaction.Rollback(Savepoint);
            save.Refuse(e);
        }

        transaction.Release(Savepoint);
    }
}
