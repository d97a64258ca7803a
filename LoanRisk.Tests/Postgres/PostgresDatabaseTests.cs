using Npgsql;

namespace LoanRisk.Tests.Postgres;

/// <summary>What tests on PostgreSQL rely on.</summary>
[Slow]
public sealed class PostgresDatabaseTests
{
    [Fact]
    public void Each_test_has_an_empty_durable_database_of_its_own_that_goes_with_it()
    {
        using var first = PostgresDatabase.Create();
        string gone;
        using (var second = PostgresDatabase.Create())
        {
            gone = second.ConnectionString;
            Assert.Null(Scalar(gone, "CREATE TABLE loan (id int)"));
            Assert.Equal(0L, Scalar(first.ConnectionString, "SELECT count(*) FROM pg_class WHERE relname = 'loan'"));
            Assert.Equal("on", Scalar(first.ConnectionString, "SHOW fsync"));
        }

        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, Assert.Throws<PostgresException>(() => Scalar(gone, "SELECT 1")).SqlState);
    }

    [Fact]
    public void A_server_of_its_own_keeps_what_was_committed_before_it_was_killed_or_stopped()
    {
        using var server = PostgresProcess.Create();
        using var database = PostgresDatabase.CreateOn(server);
        Scalar(database.ConnectionString, "CREATE TABLE loan (id int); INSERT INTO loan VALUES (7)");

        foreach (var end in new[] { server.Kill, server.Stop })
        {
            end();
            Assert.ThrowsAny<NpgsqlException>(() => Scalar(database.ConnectionString, "SELECT id FROM loan"));
            server.Start();
            Assert.Equal(7, Scalar(database.ConnectionString, "SELECT id FROM loan"));
        }
    }

    private static object? Scalar(string connectionString, string statement)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }
}
