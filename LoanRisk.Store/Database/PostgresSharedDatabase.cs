using System.Data.Common;
using Dapper;

namespace LoanRisk.Store.Database;

/// <summary>A part of the data in PostgreSQL.</summary>
internal sealed class PostgresSharedDatabase : SharedDatabase
{
    private const int ProbeSeconds = 2;

    private readonly PostgresServer _server;

    private readonly string _table;

    static PostgresSharedDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private PostgresSharedDatabase(PostgresServer server, string table) => (_server, _table) = (server, table);

    public override Dialect Dialect => Dialect.Postgres;

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or a newer program wrote the database.</exception>
    public static PostgresSharedDatabase Open(PostgresServer server, DatabasePart part)
    {
        server.Migrate(part.Postgres);
        return new PostgresSharedDatabase(server, part.Table);
    }

    public override string? Trouble()
    {
        try
        {
            return Read<string?>(connection =>
            {
                connection.Execute($"SELECT 1 FROM {_table} LIMIT 1", commandTimeout: ProbeSeconds);
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
