using System.Data.Common;

namespace LoanRisk.Store.Database;

/// <summary>
/// The database of data sets, trials, models and jobs. Site and console, or many of them, write to it while the others run. Writes are few
/// and small; each is one transaction, durable when it returns.
/// </summary>
internal abstract class ModelDatabase
{
    /// <summary>Its file, where it is SQLite's.</summary>
    public const string FileName = "models.db";

    /// <summary>Which database it is.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Creates the database where it is missing and brings its schema up to date.</summary>
    /// <param name="folder">The data folder, whose server is used where it has one.</param>
    /// <param name="busyTimeout">How long a statement waits for another process, in whole seconds; null is thirty.</param>
    /// <exception cref="StoreException">It cannot be opened, or a newer program wrote it.</exception>
    public static ModelDatabase Open(DataFolder folder, TimeSpan? busyTimeout = null) =>
        folder.Server is { } server ? PostgresModelDatabase.Open(server) : SqliteModelDatabase.Open(folder, busyTimeout);

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
