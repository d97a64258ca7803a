using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using LoanRisk.Store.Decisions.Records;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Puts the lines of a database together with their contexts, each of which is read once: contexts are never changed. One serves one
/// database, and all threads.
/// </summary>
internal sealed class DecisionReading
{
    private readonly ConcurrentDictionary<long, DecisionContext> _contexts = new();

    /// <summary>The line of a row.</summary>
    /// <param name="connection">The connection that the row came from.</param>
    /// <param name="row">The row.</param>
    /// <param name="transaction">The transaction that the connection is in, if any.</param>
    /// <exception cref="StoreException">Its context is not there, or cannot be read.</exception>
    public DecisionLine Line(DbConnection connection, DecisionColumns row, DbTransaction? transaction = null)
    {
        if (!_contexts.TryGetValue(row.Context, out var context))
        {
            context = Read(connection, row, transaction);
            _contexts[row.Context] = context;
        }

        return row.ToLine(context);
    }

    private static DecisionContext Read(DbConnection connection, DecisionColumns row, DbTransaction? transaction)
    {
        var found = connection.QuerySingleOrDefault<ContextColumns>(
            "SELECT hash, content FROM decision_contexts WHERE id = @Context", new { row.Context }, transaction)
            ?? throw Unreadable(row, $"its context {row.Context} is not there", null);
        try
        {
            var context = DecisionContext.Read(found.Content);
            return context.Hash.AsSpan().SequenceEqual(found.Hash)
                ? context
                : throw Unreadable(row, $"its context {row.Context} was changed", null);
        }
        catch (RecordFormatException e)
        {
            throw Unreadable(row, e.Message, e);
        }
    }

    private static StoreException Unreadable(DecisionColumns row, string why, Exception? cause) =>
        new($"Decision {row.Id} cannot be read: {why}.", cause) { IsDamage = true };

    private sealed class ContextColumns
    {
        public byte[] Hash { get; set; } = [];

        public byte[] Content { get; set; } = [];
    }
}
