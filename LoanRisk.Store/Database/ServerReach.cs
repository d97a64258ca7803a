namespace LoanRisk.Store.Database;

/// <summary>
/// Whether a server answers. While it does not, one caller at a time tries and all others are refused at once: each would hold a thread,
/// for as long as the network lets it wait, to learn the same. Safe for all threads.
/// </summary>
internal sealed class ServerReach(string server, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();

    private string? _trouble;

    private long _triedAt;

    private bool _isTrying;

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
            if (_trouble is not null && (_isTrying || clock.GetElapsedTime(_triedAt) < BetweenTries))
            {
                throw new StoreException(_trouble);
            }

            _isTrying = _trouble is not null;
            _triedAt = clock.GetTimestamp();
        }
    }

    private void Leave(string? trouble)
    {
        lock (_lock)
        {
            _isTrying = false;
            _triedAt = clock.GetTimestamp();
            _trouble = trouble;
        }
    }
}
