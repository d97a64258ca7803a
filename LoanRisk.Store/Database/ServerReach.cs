namespace LoanRisk.Store.Database;

/// <summary>
/// Whether a server answers. While it does not, one caller at a time tries and all others are refused at once: each would hold a thread,
/// for as long as the network lets it wait, to learn the same. Safe for all threads.
/// </summary>
internal sealed class ServerReach(string server, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    // A server that has answered none of those who wait for so long is taken for one that does not answer.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();

    private string? _trouble;

    private long _triedAt;

    private long _heardAt;

    private int _waiting;

    /// <summary>Runs a try to reach the server.</summary>
    /// <exception cref="StoreException">It did not answer others, or does not answer this one.</exception>
    public T Try<T>(Func<T> reach)
    {
        Enter();
        try
        {
            var reached = reach();
            Leave(null);
            return reached;
        }
        catch (Exception e)
        {
            var explained = StoreException.From(e, server);
            Leave(explained.Message);
            throw explained;
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            if (WhyNot() is { } why)
            {
                throw new StoreException(why);
            }

            _triedAt = clock.GetTimestamp();
            if (_waiting++ == 0)
            {
                _heardAt = _triedAt;
            }
        }
    }

    private string? WhyNot() => _trouble is not null
        ? _waiting > 0 || clock.GetElapsedTime(_triedAt) < BetweenTries ? _trouble : null
        : _waiting > 0 && clock.GetElapsedTime(_heardAt) > Silence ? $"{server}: the database does not answer." : null;

    private void Leave(string? trouble)
    {
        lock (_lock)
        {
            _waiting--;
            _heardAt = _triedAt = clock.GetTimestamp();
            _trouble = trouble;
        }
    }
}
