using Npgsql;

namespace LoanRisk.Store.Database;

/// <summary>
/// Hears at once what others change in a database server. What is told while the connection is away is not heard, so whoever listens also
/// looks from time to time.
/// </summary>
public static class ServerNews
{
    private const string Channel = "loanrisk";

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    /// <summary>Listens until it is stopped; a lost connection is opened again.</summary>
    /// <param name="server">The server.</param>
    /// <param name="heard">Called for each piece of news, and once whenever listening begins.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task ListenAsync(PostgresServer server, Action heard, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(server, heard, stop);
            }
            catch (Exception e) when (e is NpgsqlException or StoreException or TimeoutException or IOException)
            {
                await Task.Delay(BetweenTries, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task ListenOnceAsync(PostgresServer server, Action heard, CancellationToken stop)
    {
        await using var connection = server.Open();
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }

        connection.Notification += (_, _) => heard();
        heard();
        while (!stop.IsCancellationRequested)
        {
            await connection.WaitAsync(stop);
        }
    }
}
