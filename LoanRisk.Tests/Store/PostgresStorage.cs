using System.Data.Common;
using Dapper;
using LoanRisk.Store;
using LoanRisk.Tests.Postgres;
using Npgsql;

namespace LoanRisk.Tests.Store;

/// <summary>Tables of a test's own, in a schema of the database that tests share: made in a moment, and gone when the test is.</summary>
public sealed class PostgresStorage : Storage
{
    private readonly string _server = PostgresForTests.Require();

    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    private readonly PostgresServer _opened;

    /// <summary>Makes the schema; skips the running test where there is no PostgreSQL.</summary>
    public PostgresStorage()
    {
        OnServer($"CREATE SCHEMA {_schema}");
        _opened = PostgresServer.At(Url, "test");
    }

    /// <summary>The address of these tables.</summary>
    public string Url => $"{_server}?search_path={_schema}";

    /// <inheritdoc/>
    public override DataFolder Folder => new(Data, "test") { Server = _opened };

    /// <summary>The same tables as another program on another machine sees them.</summary>
    public DataFolder Elsewhere() => new(Directory.CreateDirectory(this["elsewhere"]).FullName, "test")
    {
        Server = PostgresServer.At(Url, "test"),
    };

    /// <inheritdoc/>
    public override DbConnection ConnectToModels() => Connect($"Search Path={_schema}");

    /// <inheritdoc/>
    public override DbConnection ConnectToDecisions() => ConnectToModels();

    /// <inheritdoc/>
    public override DbConnection ConnectToPeople() => ConnectToModels();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _opened.Dispose();
        OnServer($"DROP SCHEMA {_schema} CASCADE");
        base.Dispose();
    }

    private void OnServer(string statement)
    {
        using var connection = Connect("");
        connection.Execute(statement);
    }

    private NpgsqlConnection Connect(string more)
    {
        var connection = new NpgsqlConnection($"{PostgresDatabase.ConnectionStringOf(_server)};Pooling=false;{more}");
        connection.Open();
        return connection;
    }
}
