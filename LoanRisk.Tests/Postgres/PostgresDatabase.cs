using Npgsql;

namespace LoanRisk.Tests.Postgres;

/// <summary>An empty PostgreSQL database of a test's own, gone when the test is.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    private readonly string _server;

    private readonly string _name = $"loanrisk_test_{Guid.NewGuid():N}";

    private PostgresDatabase(string server)
    {
        _server = server;
        Execute($"CREATE DATABASE {_name}");
        Url = new UriBuilder(server) { Path = _name }.Uri.AbsoluteUri;
    }

    /// <summary>postgres://user:password@host:port/database, for LOANRISK_DATABASE or DATABASE_URL.</summary>
    public string Url { get; }

    /// <summary>The same for Npgsql.</summary>
    public string ConnectionString => ConnectionStringOf(Url);

    /// <summary>Makes one on the server that the tests share; skips the running test where there is none.</summary>
    public static PostgresDatabase Create() => new(PostgresForTests.Require());

    /// <summary>Makes one on this server, which the test may kill.</summary>
    public static PostgresDatabase CreateOn(PostgresProcess server) => new(server.Url);

    /// <summary>A URL without parameters as Npgsql's connection string.</summary>
    internal static string ConnectionStringOf(string url)
    {
        var uri = new Uri(url);
        var user = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort ? NpgsqlConnection.DefaultPort : uri.Port,
            Database = uri.AbsolutePath.TrimStart('/'),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }

    public void Dispose()
    {
        using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        Execute($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private void Execute(string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionStringOf(_server) + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
