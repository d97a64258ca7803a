using LoanRisk.Store.Decisions;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Benchmarks.Store;

/// <summary>A form that decisions are kept in: how a row is made, and how a group of rows is written in one transaction.</summary>
internal abstract class WrittenForm(string name, SqliteConnection connection) : IDisposable
{
    /// <summary>What the table calls it.</summary>
    public string Name { get; } = name;

    /// <summary>The connection that writes.</summary>
    protected SqliteConnection Connection { get; } = connection;

    /// <summary>Makes the row of a decision; what comes out is not looked at.</summary>
    public abstract object Make(StoredDecision stored);

    /// <summary>Keeps rows to write, made ahead.</summary>
    public abstract void Prepare(IReadOnlyList<StoredDecision> decisions);

    /// <summary>Writes so many rows, each with a new id, and commits.</summary>
    public abstract void Commit(int rows);

    public virtual void Dispose() => Connection.Dispose();
}
