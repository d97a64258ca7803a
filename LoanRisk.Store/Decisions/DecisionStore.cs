using System.Data.Common;
using Dapper;
using LoanRisk.Store.Decisions.Records;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Decisions, in SQLite's file or PostgreSQL. Waiting writers share one commit; a save returns only when its row is on disk.
/// </summary>
public sealed class DecisionStore : IAsyncDisposable
{
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(5);

    private readonly DecisionDatabase _database;

    private readonly GroupCommitWriter _writer;

    private readonly DecisionContexts _contexts = new();

    private readonly DecisionReading _reading = new();

    private DecisionStore(DecisionDatabase database, Action<string?>? troubleChanged)
    {
        _database = database;
        _writer = new GroupCommitWriter(database, troubleChanged);
    }

    /// <summary>The database: its file, or server and name.</summary>
    public string Path => _database.Shown;

    /// <summary>Commits made since the store was opened; fewer than the saves when some shared one.</summary>
    public long Commits => _writer.Commits;

    /// <summary>
    /// Why nothing can be stored now, for the person who runs the program; null when it can. The store tries again by itself.
    /// </summary>
    public string? Trouble
    {
        get
        {
            try
            {
                _database.RequireInPlace();
                return _writer.Trouble;
            }
            catch (StoreException e)
            {
                return e.Message;
            }
        }
    }

    /// <summary>Opens or creates the database in the folder and brings its schema up to date.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="busyTimeout">
    /// How long a statement waits for a lock that another program holds, in whole seconds; null is five seconds.
    /// </param>
    /// <param name="troubleChanged">Told once why nothing can be stored from now on, and null when it can again.</param>
    /// <param name="upgrading">Told how far the decisions of an earlier version are on their way into the form of this one.</param>
    /// <exception cref="StoreException">It cannot be opened, another LoanRisk uses it, or a newer one wrote it.</exception>
    public static DecisionStore Open(
        DataFolder folder,
        TimeSpan? busyTimeout = null,
        Action<string?>? troubleChanged = null,
        Action<string>? upgrading = null) =>
        new(DecisionDatabase.Open(folder, busyTimeout ?? DefaultBusyTimeout, upgrading), troubleChanged);

    /// <inheritdoc cref="Open"/>
    public static Task<DecisionStore> OpenAsync(DataFolder folder, CancellationToken cancellationToken = default) =>
        Task.Run(() => Open(folder), cancellationToken);

    /// <summary>Stores decisions durably, all or none. Cancels what still waits: a save that ends as cancelled is not stored.</summary>
    /// <exception cref="StoreException">
    /// They are not stored: the disk is full, the database is locked, the program is stopping. Or nobody knows:
    /// <see cref="StoreException.MayBeStored"/>.
    /// </exception>
    public Task SaveAsync(IReadOnlyList<StoredDecision> decisions, CancellationToken cancellationToken = default) =>
        SaveAsync(decisions, null, cancellationToken);

    /// <summary>Stores decisions durably together with the answer that tells of them, all or none.</summary>
    /// <param name="decisions">The decisions, of which there may be none.</param>
    /// <param name="answer">The answer; null when the request had no key.</param>
    /// <param name="cancellationToken">Cancels what still waits.</param>
    /// <exception cref="AnsweredBeforeException">The request has an answer already; nothing is stored.</exception>
    /// <exception cref="StoreException">As without an answer.</exception>
    public Task SaveAsync(IReadOnlyList<StoredDecision> decisions, GivenAnswer? answer, CancellationToken cancellationToken) =>
        decisions.Count == 0 && answer is null
            ? Task.CompletedTask
            : _writer.SaveAsync(
                new SavedContent { Rows = [.. decisions.Select(decision => DecisionLine.Of(decision, _contexts))], Answer = answer },
                cancellationToken);

    /// <summary>The answer that was given to a request, or null.</summary>
    /// <exception cref="StoreException">The database cannot be read, or it is not known yet whether the answer is kept.</exception>
    public Task<GivenAnswer?> AnswerAsync(RequestKey request, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            if (_writer.IsUnsettled(request))
            {
                throw new StoreException(
                    "It is not known yet whether what the request with this key asked for was done: the disk failed, and goes on failing. "
                        + "Send it again when it is well.");
            }

            try
            {
                using var connection = _database.OpenReading();
                return AnswerTable.Find(connection, request);
            }
            catch (DbException e)
            {
                throw _database.Explain(e);
            }
        },
        cancellationToken);

    /// <summary>Takes away the answers that were given before a moment.</summary>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public Task ForgetAnswersAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        _writer.SaveAsync(new SavedContent { ForgetBefore = before }, cancellationToken);

    /// <summary>
    /// Stores durably what became of decided loans, all or none. A later report about a decision corrects an earlier one, which is kept.
    /// </summary>
    /// <exception cref="UnknownDecisionException">A decision is not there; nothing is stored.</exception>
    /// <exception cref="EarlyOutcomeException">An outcome was observed before its decision; nothing is stored.</exception>
    /// <exception cref="StoreException">They are not stored: the disk is full, the database is locked, the program is stopping.</exception>
    public Task ReportAsync(IReadOnlyList<ReportedOutcome> outcomes, CancellationToken cancellationToken = default) =>
        outcomes.Count == 0 ? Task.CompletedTask : _writer.SaveAsync(new SavedContent { Outcomes = outcomes }, cancellationToken);

    /// <summary>The newest report about a decision, or null.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public Task<ReportedOutcome?> OutcomeAsync(string decisionId, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                using var connection = _database.OpenReading();
                return _database.CanHold(decisionId) ? OutcomeRow.Newest(connection, decisionId) : null;
            }
            catch (DbException e)
            {
                throw _database.Explain(e);
            }
        },
        cancellationToken);

    /// <summary>The decision of that id, or null.</summary>
    /// <exception cref="StoreException">The database cannot be read, or it is not known yet whether the decision is kept.</exception>
    public async Task<StoredDecision?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        if (_writer.IsUnsettled(id))
        {
            throw new StoreException(
                $"It is not known yet whether decision {id} is kept: the disk failed while it was stored, and goes on failing. "
                    + "Ask again when it is well.");
        }

        if (!_database.CanHold(id))
        {
            return null;
        }

        var found = await ReadAsync(
            $"SELECT {DecisionColumns.All} FROM decisions d WHERE id = @id", new { id }, cancellationToken);
        return found.SingleOrDefault()?.ToStored();
    }

    /// <summary>
    /// The newest decisions first; <paramref name="find"/> keeps those whose id starts so or whose reference it is,
    /// <paramref name="before"/> continues after a page.
    /// </summary>
    /// <param name="limit">Lines at most.</param>
    /// <param name="find">The first letters of an id, or a whole reference; null for all.</param>
    /// <param name="before">
    /// Id of the last line of the page before, or null for the first page; nothing follows an id that is not known.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<DecisionSummary>> NewestAsync(
        int limit, string? find = null, string? before = null, CancellationToken cancellationToken = default)
    {
        if (!_database.CanHold(find + before))
        {
            return [];
        }

        var sql = $"""
            SELECT {DecisionColumns.OfList}
            FROM decisions d
            WHERE 1 = 1
            {(string.IsNullOrEmpty(find) ? "" : "AND (id >= @idStart AND id < @idEnd OR reference = @find)")}
            {(before is null ? "" : "AND seq < (SELECT seq FROM decisions WHERE id = @before)")}
            ORDER BY seq DESC LIMIT @limit
            """;
        var idStart = find?.ToLowerInvariant();
        var lines = await ReadAsync(sql, new { limit, find, idStart, idEnd = idStart + char.MaxValue, before }, cancellationToken);
        return [.. lines.Select(line => line.ToSummary())];
    }

    /// <summary>The decisions that were made by changing this one's values and scoring again, the newest first.</summary>
    /// <param name="id">Id of the earlier decision.</param>
    /// <param name="limit">Lines at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<DecisionSummary>> ChangedIntoAsync(string id, int limit, CancellationToken cancellationToken = default)
    {
        if (!_database.CanHold(id))
        {
            return [];
        }

        var lines = await ReadAsync(
            $"SELECT {DecisionColumns.OfList} FROM decisions d WHERE changed_from = @id ORDER BY seq DESC LIMIT @limit",
            new { id, limit },
            cancellationToken);
        return [.. lines.Select(line => line.ToSummary())];
    }

    /// <summary>Writes what waits, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
    }

    private async Task<IReadOnlyList<DecisionLine>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = _database.OpenReading();
            var rows = await connection.QueryAsync<DecisionColumns>(
                new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
            return [.. rows.Select(row => _reading.Line(connection, row))];
        }
        catch (DbException e)
        {
            throw _database.Explain(e);
        }
    }
}
