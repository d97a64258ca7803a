using Dapper;
using Npgsql;

namespace LoanRisk.Store.Database;

/// <summary>A lock that everybody on one database respects, held as long as a connection of its own; losing that ends it.</summary>
internal sealed class ServerLock : IDisposable
{
    private const string Key = "hashtext(current_schema()), hashtext(@what)";

    private readonly NpgsqlConnection _connection;

    private readonly string _what;

    private ServerLock(NpgsqlConnection connection, string what) => (_connection, _what) = (connection, what);

    /// <summary>Takes the lock; null when somebody else has it, and the connection is closed then.</summary>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public static ServerLock? Take(NpgsqlConnection connection, string what)
    {
        var isTaken = false;
        try
        {
            isTaken = connection.ExecuteScalar<bool>($"SELECT pg_try_advisory_lock({Key})", new { what });
            return isTaken ? new ServerLock(connection, what) : null;
        }
        finally
        {
            if (!isTaken)
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        using (_connection) // one that goes back to the pool keeps its locks until it is used again
        {
            try
            {
                _connection.Execute($"SELECT pg_advisory_unlock({Key})", new { what = _what });
            }
            catch (NpgsqlException)
            {
                // Lost, and the lock with it.
            }
        }
    }
}
