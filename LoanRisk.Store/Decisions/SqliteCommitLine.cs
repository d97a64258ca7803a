using Dapper;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// The connection that writes decisions to SQLite's file, one group of saves a transaction. After any failed commit the connection is
/// dropped and opened anew, and what the commit may have left in the log is settled before anything else is acknowledged.
/// </summary>
internal sealed class SqliteCommitLine(DatabaseFile database, TimeProvider clock, Action<string?> troubleChanged)
    : CommitLine(clock, troubleChanged)
{
    private SqliteConnection? _connection;

    private DecisionStatements? _statements;

    public override CommitLine Open()
    {
        _connection = database.OpenWriting();
        _statements = new DecisionStatements(_connection);
        return this;
    }

    protected override Exception? Write(IReadOnlyList<PendingSave> group)
    {
        var (committing, committed) = (false, false);
        try
        {
            _statements!.Begin();
            foreach (var save in group)
            {
                Write(save);
            }

            database.RequireUntouched();
            committing = true;
            EndTransaction();
            committed = true;
            database.RequireInPlace();
            Commits++;
            return null;
        }
        catch (Exception e)
        {
            return committed ? CommittedElsewhere(e) : committing ? FailedCommit(e, group) : FailedBefore(e);
        }
    }

    protected override void Mend()
    {
        database.RequireUntouched();
        WriteProbe.Run(database.Path);
        if (_connection is null)
        {
            Open();
        }

        Settle();
    }

    protected override Exception Explain(Exception error) => StoreException.From(error, database.Path);

    // Trying at a locked database is waiting already.
    protected override bool HasWaited(Exception error) => error is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY };

    private void Write(PendingSave save)
    {
        // A statement that is refused leaves nothing behind; more than one need a place to go back to.
        var hasSavepoint = save.Content.Lines > 1;
        if (hasSavepoint)
        {
            _connection!.Execute("SAVEPOINT one_save");
        }

        try
        {
            Write(save.Content);
        }
        catch (Exception e) when (
            e is AnsweredBeforeException or UnknownDecisionException or EarlyOutcomeException
            || (e is SqliteException && StoreException.From(e, database.Path) == e))
        {
            save.Refuse(e);
            if (hasSavepoint)
            {
                _connection!.Execute("ROLLBACK TO one_save");
                _statements!.ForgetContexts();
            }
        }

        if (hasSavepoint)
        {
            _connection!.Execute("RELEASE one_save");
        }
    }

    private void Write(SavedContent content)
    {
        if (content.Answer is { } answer)
        {
            AnswerTable.Insert(_connection!, answer);
        }

        foreach (var row in content.Rows)
        {
            _statements!.Insert(row);
        }

        OutcomeInsert.Execute(_connection!, content.Outcomes);
        if (content.ForgetBefore is { } moment)
        {
            AnswerTable.RemoveBefore(_connection!, moment);
        }
    }

    // A commit may move the log into the file, and may fail on the way.
    private void EndTransaction()
    {
        try
        {
            _statements!.Commit();
        }
        finally
        {
            database.NoteOwnChange();
        }
    }

    private Exception FailedBefore(Exception error)
    {
        RescueLog();
        Drop();
        return Fail(error);
    }

    // Whoever has the file that was moved away finds the rows in it, and so does this program once it is put back.
    private StoreException CommittedElsewhere(Exception error) => new(FailedBefore(error).Message, error) { MayBeStored = true };

    /// <summary>
    /// The log may hold the whole transaction although its fsync failed; a restart would then find it. The next transaction that is
    /// committed takes its place, so one is made at once, and only if that fails too must the answer be that nobody knows.
    /// </summary>
    private Exception FailedCommit(Exception error, IReadOnlyList<PendingSave> group)
    {
        RescueLog();
        Drop();
        if (!LeavesNothing(error))
        {
            Unsettle(group);
        }

        var cause = Fail(error);
        TryAgain();
        return Trouble is null || LeavesNothing(error) ? cause : new StoreException(cause.Message, error) { MayBeStored = true };
    }

    // The last page that is written makes a transaction whole: without room for it nothing of it is found again.
    private static bool LeavesNothing(Exception error) => error is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL };

    private void Settle()
    {
        _statements!.Begin();
        foreach (var line in Unsettled.Decisions)
        {
            _connection!.Execute("DELETE FROM decisions WHERE id = @Id", new { line.Id });
        }

        foreach (var answer in Unsettled.Answers)
        {
            AnswerTable.Remove(_connection!, answer);
        }

        // The same number again: a write, even where no line was left to delete.
        _connection!.Execute($"PRAGMA user_version = {_connection!.ExecuteScalar<int>("PRAGMA user_version")}");
        EndTransaction();
        Settled();
    }

    // A log that was removed holds decisions that were answered, as long as it is open.
    private void RescueLog()
    {
        if (_connection is null || database.LogIsInPlace)
        {
            return;
        }

        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                _connection.Execute("ROLLBACK");
            }

            _connection.Execute("PRAGMA wal_checkpoint");
        }
        catch (SqliteException)
        {
            // What is wrong is told already.
        }
    }

    protected override void Drop()
    {
        try
        {
            _statements?.Dispose();
            _connection?.Dispose();
        }
        catch (SqliteException)
        {
            // It is given up; why, is told already.
        }

        (_statements, _connection) = (null, null);
    }
}
