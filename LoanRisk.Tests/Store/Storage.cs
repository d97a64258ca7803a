using System.Data.Common;
using Dapper;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Tests.Store;

/// <summary>Where one test keeps things: SQLite's files in a folder, or tables of its own in PostgreSQL.</summary>
public abstract class Storage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What every store is opened with.</summary>
    public abstract DataFolder Folder { get; }

    /// <summary>The path of a file or folder beside the data.</summary>
    public string this[params string[] parts] => _folder[parts];

    /// <summary>A connection to the tables of models, data sets and jobs that passes every store by.</summary>
    public abstract DbConnection ConnectToModels();

    /// <summary>A connection to the tables of decisions that passes every store by.</summary>
    public abstract DbConnection ConnectToDecisions();

    /// <summary>A connection to the tables of people and keys that passes every store by.</summary>
    public abstract DbConnection ConnectToPeople();

    /// <summary>Does something to the tables of models, data sets and jobs behind the back of every store.</summary>
    public void Execute(string statement)
    {
        using var connection = ConnectToModels();
        connection.Execute(statement);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The path of the data folder.</summary>
    protected string Data => Directory.CreateDirectory(_folder["data"]).FullName;
}

/// <summary>SQLite's files in a folder.</summary>
public sealed class SqliteStorage : Storage
{
    /// <inheritdoc/>
    public override DataFolder Folder => new(Data, "test");

    /// <inheritdoc/>
    public override DbConnection ConnectToModels() => Connect(ModelDatabase.FileName);

    /// <inheritdoc/>
    public override DbConnection ConnectToDecisions() => Connect(DatabaseFile.FileName);

    /// <inheritdoc/>
    public override DbConnection ConnectToPeople() => Connect(PeopleDatabase.FileName);

    private SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Data, file)};Pooling=False");
        connection.Open();
        return connection;
    }
}
