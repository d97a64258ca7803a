using System.Data.Common;
using Dapper;

namespace LoanRisk.Store.Database;

/// <summary>Data sets, trials, models and jobs in PostgreSQL.</summary>
internal sealed class PostgresModelDatabase : ModelDatabase
{
    private const int ProbeSeconds = 2;

    private readonly PostgresServer _server;

    static PostgresModelDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private PostgresModelDatabase(PostgresServer server) => _server = server;

    public override Dialect Dialect => Dialect.Postgres;

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or a newer program wrote the database.</exception>
    public static PostgresModelDatabase Open(PostgresServer server)
    {
        server.Migrate(Migrations.PostgresModels);
        return new PostgresModelDatabase(server);
    }

    public override string? Trouble()
    {
        try
        {
            return Read<string?>(connection =>
            {
                connection.Execute("SELECT 1 FROM models LIMIT 1", commandTimeout: ProbeSeconds);
                return null;
            });
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    public override T Read<T>(Func<DbConnection, T> query) => _server.Run(query);
}
