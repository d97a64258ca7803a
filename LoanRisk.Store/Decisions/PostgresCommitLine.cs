using LoanRisk.Store.Database;
using Npgsql;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// The connection that writes decisions to PostgreSQL. A group whose connection is lost may be there or not: it is written once more on a
/// new one, where whatever is there stays as it is. While the server is away, saves are refused at once, and what nobody knows of is
/// settled before anything else is acknowledged. A server that hangs is given up in time.
/// </summary>
internal sealed class PostgresCommitLine(PostgresServer server, TimeProvider clock, Action<string?> troubleChanged)
    : CommitLine(clock, troubleChanged)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private PostgresStatements? _statements;

    private BoundedThread? _thread;

    public override CommitLine Open()
    {
        var connection = server.Open();
        _thread = new BoundedThread();
        _statements = _thread.Run(() => new PostgresStatements(connection), Patience, late: statements => statements.Dispose());
        return this;
    }

    protected override Exception? Write(IReadOnlyList<PendingSave> group)
    {
        try
        {
            OnServer(statements => statements.Write(group));
            Commits++;
            return null;
        }
        catch (Exception e)
        {
            return IsOfTheRows(e) ? WriteEach(group) : WriteAgain(group, e);
        }
    }

    protected override void Mend()
    {
        if (_statements is null)
        {
            Open();
        }

        OnServer(statements => statements.Remove(Unsettled));
        Settled();
    }

    // On its own thread, which may still be waiting for the server.
    protected override void Drop()
    {
        var statements = _statements;
        _thread?.EndWith(() => Close(statements));
        (_statements, _thread) = (null, null);
    }

    protected override Exception Explain(Exception error) => StoreException.From(error, server.Shown);

    private static void Close(PostgresStatements? statements)
    {
        try
        {
            statements?.Dispose();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            // It is given up; why, is told already.
        }
    }

    private void OnServer(Action<PostgresStatements> work)
    {
        var statements = _statements!;
        _thread!.Run(
            () =>
            {
                work(statements);
                return true;
            },
            Patience);
    }

    // What is wrong with a row must not keep everybody else from storing.
    private bool IsOfTheRows(Exception error) => error is not StoreException && StoreException.From(error, server.Shown) == error;

    // One of the saves is refused, and the statement that held all of them with it.
    private Exception? WriteEach(IReadOnlyList<PendingSave> group)
    {
        foreach (var save in group)
        {
            try
            {
                OnServer(statements => statements.Write([save]));
                Commits++;
            }
            catch (Exception e) when (IsOfTheRows(e))
            {
                save.Refuse(e);
            }
            catch (Exception e)
            {
                return WriteAgain(group, e);
            }
        }

        return null;
    }

    private Exception? WriteAgain(IReadOnlyList<PendingSave> group, Exception first)
    {
        Drop();
        try
        {
            Open();
            OnServer(statements => statements.WriteAgain([.. group.Where(save => !save.IsRefused)]));
            Commits++;
            return null;
        }
        catch (Exception)
        {
            return Failed(group, first);
        }
    }

    private Exception Failed(IReadOnlyList<PendingSave> group, Exception first)
    {
        Drop();
        var cause = Fail(first);
        if (LeavesNothing(first))
        {
            return cause;
        }

        Unsettle(group);
        return new StoreException(cause.Message, first) { MayBeStored = true };
    }

    // What the server says of a statement ends it: short of resources (53), read-only (25), or not understood. What it says while it stops
    // (57), or of a lost connection (08), may come after a commit.
    private static bool LeavesNothing(Exception error) =>
        error is PostgresException { SqlState: { } code }
            && !code.StartsWith("57", StringComparison.Ordinal)
            && !code.StartsWith("08", StringComparison.Ordinal)
            && !code.StartsWith("XX", StringComparison.Ordinal);
}
