using System.Data.Common;

namespace LoanRisk.Store.Database;

/// <summary>
/// A database that site and console, or many of them, write to while the others run. Writes are few and small; each is one transaction,
/// durable when it returns.
/// </summary>
internal abstract class SharedDatabase
{
    /// <summary>Which database it is.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Why the database that was opened cannot be used now; null when it can, or another process is writing to it.</summary>
    public abstract string? Trouble();

    /// <summary>Runs queries on one connection.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public abstract T Read<T>(Func<DbConnection, T> query);

    /// <summary>Runs statements in one transaction that has the only right to write from its start; all of them hold or none.</summary>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public T Write<T>(Func<DbConnection, DbTransaction, T> statements) =>
        Read(connection => Dialect.Write(connection, transaction => statements(connection, transaction)));
}

/// <summary>One part of the data: a file of its own in SQLite, and tables among others in PostgreSQL.</summary>
/// <param name="FileName">Its file, where it is SQLite's.</param>
/// <param name="Sqlite">Its migrations there.</param>
/// <param name="Postgres">Its migrations in PostgreSQL.</param>
/// <param name="Table">A table that tells whether it can be read.</param>
internal sealed record DatabasePart(string FileName, Migrations Sqlite, Migrations Postgres, string Table)
{
    /// <summary>Creates it where it is missing and brings its schema up to date.</summary>
    /// <param name="folder">The data folder, whose server is used where it has one.</param>
    /// <param name="busyTimeout">How long a statement waits for another process, in whole seconds; null is thirty.</param>
    /// <exception cref="StoreException">It cannot be opened, or a newer program wrote it.</exception>
    public SharedDatabase Open(DataFolder folder, TimeSpan? busyTimeout) => folder.Server is { } server
        ? PostgresSharedDatabase.Open(server, this)
        : SqliteSharedDatabase.Open(folder, this, busyTimeout);
}
