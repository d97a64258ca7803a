using Dapper;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions.Records;
using Npgsql;
using NpgsqlTypes;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// The statements of a connection that writes decisions to PostgreSQL, prepared as long as it is open. All lines of a group go in one
/// statement, an array a column: one journey to the server and back, and one fsync there.
/// </summary>
internal sealed class PostgresStatements : IDisposable
{
    // Far more than serve at once; each keeps some kilobytes.
    private const int MostContexts = 1000;

    private const string Columns =
        "id, decided_at, context, product, origin, outcome, overridden_by, probability, raw_score, changed_from, reference, record";

    private static readonly NpgsqlDbType[] Types =
    [
        NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint,
        NpgsqlDbType.Smallint, NpgsqlDbType.Double, NpgsqlDbType.Double, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea,
    ];

    // Two nodes that write the same keys in two orders would wait for one another.
    private static readonly Comparer<RequestKey> ByKey = Comparer<RequestKey>.Create(
        (one, other) => string.CompareOrdinal(one.Key, other.Key) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Client, other.Client));

    private readonly NpgsqlConnection _connection;

    private readonly NpgsqlCommand _insert;

    private readonly Dictionary<DecisionContext, long> _contexts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares the statements; the connection is closed with them.</summary>
    /// <exception cref="StoreException">The database may only be read.</exception>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public PostgresStatements(NpgsqlConnection connection)
    {
        _connection = connection;
        _insert = Insert("");
        try
        {
            RequireDurable();
            _insert.Prepare();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes the rows of saves; all of them are durable, or none, when it returns.</summary>
    /// <exception cref="NpgsqlException">They are not, or nobody knows.</exception>
    public void Write(IReadOnlyList<PendingSave> saves)
    {
        var lines = WithContexts(saves);
        if (saves.All(save => save.Content is { Outcomes.Count: 0, Answer: null, ForgetBefore: null }))
        {
            Execute(_insert, lines);
            return;
        }

        using var transaction = _connection.BeginTransaction();
        InsertAnswers(transaction, saves, AnswerTable.Insert);
        Execute(_insert, LinesOf(saves));
        InsertOutcomes(transaction, saves, "");
        transaction.Commit();
    }

    /// <summary>Writes what may have been written already by a connection that was lost: whatever is there stays as it is.</summary>
    /// <exception cref="NpgsqlException">It is not written, or nobody knows.</exception>
    public void WriteAgain(IReadOnlyList<PendingSave> saves)
    {
        const string Unless =
            """
            WHERE NOT EXISTS (
                SELECT 1 FROM outcomes o WHERE o.decision_id = @DecisionId AND o.bad = @Bad AND o.observed_on = @observed
                AND o.received_at = @received AND o.source = @Source)
            """;
        WithContexts(saves);
        using var transaction = _connection.BeginTransaction();
        InsertAnswers(transaction, saves, AnswerTable.InsertAgain);
        InsertMissing(LinesOf(saves));
        InsertOutcomes(transaction, saves, Unless);
        transaction.Commit();
    }

    /// <summary>
    /// Takes lines away of which nobody knows whether they are there. A transaction that another connection may still end has to end first:
    /// the same line is inserted before, which waits for it.
    /// </summary>
    /// <exception cref="NpgsqlException">It cannot be done.</exception>
    public void Remove(UnsettledLines unsettled)
    {
        WithContexts(unsettled.Decisions);
        using var transaction = _connection.BeginTransaction();
        foreach (var answer in unsettled.Answers.OrderBy(answer => answer.Request, ByKey))
        {
            AnswerTable.TryInsert(_connection, answer, transaction);
            AnswerTable.Remove(_connection, answer, transaction);
        }

        InsertMissing(unsettled.Decisions);
        _connection.Execute(
            "DELETE FROM decisions WHERE id = ANY(@ids)",
            new { ids = unsettled.Decisions.Select(line => line.Id).ToArray() },
            transaction);
        transaction.Commit();
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    /// <summary>
    /// The lines, with contexts that are in the database: written before any transaction begins, for one that is rolled back would take
    /// them away. A context that no line refers to harms nobody.
    /// </summary>
    private IReadOnlyCollection<DecisionLine> WithContexts(IReadOnlyCollection<DecisionLine> lines)
    {
        foreach (var line in lines)
        {
            NumberOf(line.Context);
        }

        return lines;
    }

    private IReadOnlyCollection<DecisionLine> WithContexts(IReadOnlyList<PendingSave> saves) => WithContexts(LinesOf(saves));

    private static DecisionLine[] LinesOf(IReadOnlyList<PendingSave> saves) =>
        [.. saves.Where(save => !save.IsRefused).SelectMany(save => save.Content.Rows)];

    private void InsertAnswers(
        NpgsqlTransaction transaction, IReadOnlyList<PendingSave> saves, Action<NpgsqlConnection, GivenAnswer, NpgsqlTransaction> insert)
    {
        foreach (var moment in saves.Select(save => save.Content.ForgetBefore).OfType<DateTimeOffset>())
        {
            AnswerTable.RemoveBefore(_connection, moment, transaction);
        }

        foreach (var save in saves.Where(save => save.Content.Answer is not null).OrderBy(save => save.Content.Answer!.Request, ByKey))
        {
            try
            {
                insert(_connection, save.Content.Answer!, transaction);
            }
            catch (AnsweredBeforeException e)
            {
                save.Refuse(e);
            }
        }
    }

    // A database may be told to confirm what it has not written yet; then a decision would be acknowledged before it is stored.
    private void RequireDurable()
    {
        if (_connection.ExecuteScalar<string>("SHOW synchronous_commit") == "off")
        {
            _connection.Execute("SET synchronous_commit = on");
        }

        if (_connection.ExecuteScalar<string>("SHOW transaction_read_only") == "on")
        {
            throw new StoreException($"{_connection.Host}: the database may only be read; it may be a replica.");
        }
    }

    private NpgsqlCommand Insert(string unless)
    {
        var places = string.Join(", ", Enumerable.Range(1, Types.Length).Select(number => $"${number}"));
        var command = new NpgsqlCommand($"INSERT INTO decisions ({Columns}) SELECT * FROM unnest({places}) {unless}", _connection)
        {
            CommandTimeout = 0, // the thread that it runs on is bounded
        };
        foreach (var type in Types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type | NpgsqlDbType.Array });
        }

        return command;
    }

    private void InsertMissing(IReadOnlyCollection<DecisionLine> lines)
    {
        using var insert = Insert("ON CONFLICT (id) DO NOTHING");
        Execute(insert, lines);
    }

    private void Execute(NpgsqlCommand insert, IReadOnlyCollection<DecisionLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        object[] columns =
        [
            lines.Select(line => line.Id).ToArray(), lines.Select(line => line.DecidedAt).ToArray(),
            lines.Select(line => NumberOf(line.Context)).ToArray(), lines.Select(line => line.Product).ToArray(),
            lines.Select(line => (short)line.Origin).ToArray(), lines.Select(line => (short)line.Outcome).ToArray(),
            lines.Select(line => (short)line.OverriddenBy).ToArray(), lines.Select(line => line.Probability).ToArray(),
            lines.Select(line => line.RawScore).ToArray(), lines.Select(line => line.ChangedFrom).ToArray(),
            lines.Select(line => line.Reference).ToArray(), lines.Select(line => line.Record).ToArray(),
        ];
        for (var i = 0; i < columns.Length; i++)
        {
            insert.Parameters[i].Value = columns[i];
        }

        insert.ExecuteNonQuery();
    }

    private long NumberOf(DecisionContext context)
    {
        const string Find = "SELECT id FROM decision_contexts WHERE hash = @Hash";
        if (_contexts.TryGetValue(context, out var known))
        {
            return known;
        }

        var found = _connection.ExecuteScalar<long?>(Find, new { context.Hash });
        if (found is null)
        {
            _connection.Execute(
                "INSERT INTO decision_contexts (hash, product, model_id, content) VALUES (@Hash, @Product, @Model, @Content) "
                    + "ON CONFLICT (hash) DO NOTHING", // another node may be quicker
                new { context.Hash, context.Shared.Product, Model = context.Shared.Model.Id, context.Content });
            found = _connection.ExecuteScalar<long>(Find, new { context.Hash });
        }

        if (_contexts.Count == MostContexts)
        {
            _contexts.Clear();
        }

        return _contexts[context] = found.Value;
    }

    private void InsertOutcomes(NpgsqlTransaction transaction, IReadOnlyList<PendingSave> saves, string unless)
    {
        foreach (var save in saves.Where(save => save.Content.Outcomes.Count > 0 && !save.IsRefused))
        {
            try
            {
                foreach (var outcome in save.Content.Outcomes)
                {
                    Check(outcome);
                }
            }
            catch (Exception e) when (e is UnknownDecisionException or EarlyOutcomeException)
            {
                save.Refuse(e); // nothing of it was written yet
                continue;
            }

            foreach (var outcome in save.Content.Outcomes)
            {
                _connection.Execute(
                    "INSERT INTO outcomes (decision_id, bad, observed_on, received_at, source) "
                        + $"SELECT @DecisionId, @Bad, @observed, @received, @Source {unless}",
                    OutcomeInsert.Columns(outcome),
                    transaction);
            }
        }
    }

    private void Check(ReportedOutcome outcome)
    {
        if (!PostgresServer.CanHold(outcome.DecisionId))
        {
            throw new UnknownDecisionException(outcome.DecisionId);
        }

        OutcomeInsert.Check(_connection, outcome);
    }
}
