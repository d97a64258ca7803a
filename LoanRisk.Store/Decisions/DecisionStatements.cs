using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions.Records;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// The statements of the connection that writes decisions, prepared as long as it is open. What it believes of the contexts in the file
/// holds until a transaction is rolled back: then it must <see cref="ForgetContexts"/>, or be made anew.
/// </summary>
internal sealed class DecisionStatements : IDisposable
{
    // Far more than serve at once; each keeps some kilobytes.
    private const int MostContexts = 1000;

    private readonly PreparedStatement _begin;

    private readonly PreparedStatement _commit;

    private readonly PreparedStatement _insert;

    private readonly PreparedStatement _findContext;

    private readonly PreparedStatement _insertContext;

    private readonly Dictionary<DecisionContext, long> _contexts = new(ReferenceEqualityComparer.Instance);

    public DecisionStatements(SqliteConnection connection)
    {
        _begin = new PreparedStatement(connection, "BEGIN IMMEDIATE");
        _commit = new PreparedStatement(connection, "COMMIT");
        _insert = new PreparedStatement(
            connection,
            "INSERT INTO decisions (id, decided_at, context, product, origin, outcome, overridden_by, probability, raw_score, "
                + "changed_from, reference, record, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _findContext = new PreparedStatement(connection, "SELECT id FROM decision_contexts WHERE hash = ?");
        _insertContext = new PreparedStatement(
            connection, "INSERT INTO decision_contexts (hash, product, model_id, content) VALUES (?, ?, ?, ?) RETURNING id");
    }

    /// <summary>Begins a transaction that has the only right to write.</summary>
    /// <exception cref="SqliteException">It cannot begin.</exception>
    public void Begin() => _begin.Run();

    /// <summary>Ends it.</summary>
    /// <exception cref="SqliteException">It did not end well.</exception>
    public void Commit() => _commit.Run();

    /// <summary>Writes a line, and its context where the file does not have it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="seq">Its place in the order of storing; null is the next.</param>
    /// <exception cref="SqliteException">It is refused, which leaves nothing of it, or the disk fails.</exception>
    public void Insert(DecisionLine line, long? seq = null)
    {
        var context = NumberOf(line.Context);
        _insert.Bind(1, line.Id);
        _insert.Bind(2, line.DecidedAt);
        _insert.Bind(3, context);
        _insert.Bind(4, line.Product);
        _insert.Bind(5, line.Origin);
        _insert.Bind(6, line.Outcome);
        _insert.Bind(7, line.OverriddenBy);
        _insert.Bind(8, line.Probability);
        _insert.Bind(9, line.RawScore);
        _insert.Bind(10, line.ChangedFrom);
        _insert.Bind(11, line.Reference);
        _insert.Bind(12, line.Record);
        if (seq is { } place)
        {
            _insert.Bind(13, place);
        }
        else
        {
            _insert.BindNull(13);
        }

        _insert.Run();
    }

    /// <summary>Something was rolled back, perhaps a context.</summary>
    public void ForgetContexts() => _contexts.Clear();

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _insert.Dispose();
        _findContext.Dispose();
        _insertContext.Dispose();
    }

    private long NumberOf(DecisionContext context)
    {
        if (_contexts.TryGetValue(context, out var known))
        {
            return known;
        }

        _findContext.Bind(1, context.Hash);
        var number = _findContext.Run() ?? InsertContext(context);
        if (_contexts.Count == MostContexts)
        {
            _contexts.Clear();
        }

        _contexts[context] = number;
        return number;
    }

    private long InsertContext(DecisionContext context)
    {
        _insertContext.Bind(1, context.Hash);
        _insertContext.Bind(2, context.Shared.Product);
        _insertContext.Bind(3, context.Shared.Model.Id);
        _insertContext.Bind(4, context.Content);
        return _insertContext.Run() ?? throw new InvalidOperationException("SQLite did not say the number of the line it wrote.");
    }
}
