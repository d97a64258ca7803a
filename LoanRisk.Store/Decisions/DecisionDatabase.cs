using System.Data.Common;

namespace LoanRisk.Store.Decisions;

/// <summary>A database of decisions with its rows in the form of this version: one connection writes, any number read.</summary>
internal abstract class DecisionDatabase : IDisposable
{
    /// <summary>The file, or the server and the database on it.</summary>
    public abstract string Shown { get; }

    /// <summary>Its name in OpenTelemetry's <c>db.system.name</c>.</summary>
    public abstract string System { get; }

    /// <summary>Opens it; creates it where it is missing and brings schema and rows up to date.</summary>
    /// <param name="folder">The data folder, whose server is used where it has one.</param>
    /// <param name="busyTimeout">How long a statement waits for a lock that another program holds; in whole seconds.</param>
    /// <param name="told">Told how far the rows of an earlier version are, when they are many.</param>
    /// <exception cref="StoreException">It cannot be opened, is in use, or is of a newer program.</exception>
    public static DecisionDatabase Open(DataFolder folder, TimeSpan busyTimeout, Action<string>? told = null) =>
        folder.Server is { } server ? PostgresDecisions.Open(server) : SqliteDecisions.Open(folder, busyTimeout, told);

    /// <summary>The connection that writes, not open yet.</summary>
    public abstract CommitLine NewLine(TimeProvider clock, Action<string?> troubleChanged);

    /// <summary>A connection to read by.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    /// <exception cref="DbException">The same, not explained yet.</exception>
    public abstract DbConnection OpenReading();

    /// <summary>Explains why it cannot be read.</summary>
    public abstract Exception Explain(DbException error);

    /// <summary>True for a text that can stand in a column, so that looking for it makes sense.</summary>
    public abstract bool CanHold(string text);

    /// <exception cref="StoreException">It is not there any more where it was opened.</exception>
    public abstract void RequireInPlace();

    public abstract void Dispose();
}
