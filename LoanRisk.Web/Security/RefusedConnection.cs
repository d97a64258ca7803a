using Microsoft.AspNetCore.Connections.Features;

namespace LoanRisk.Web.Security;

/// <summary>
/// What a connection that was refused for too much load owes: a second, and twice as long each time it comes again too early. Behind a
/// proxy a connection carries the requests of many: one that finds room is let in all the same (<see cref="LoadLimit"/> asks for room
/// first).
/// </summary>
internal sealed class RefusedConnection
{
    /// <summary>After how long a refused request may be sent again.</summary>
    internal static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>The longest that one is told to wait.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    // Without it, those that were refused in one moment would all come again in one.
    private const double Spread = 0.5;

    private static readonly object Key = new();

    private readonly Lock _lock = new(); // HTTP/2 has many requests on one connection
    private TimeSpan _told = Wait;
    private long _refusedAt;
    private bool _isEarly;

    /// <summary>Refuses a request of the connection.</summary>
    /// <returns>After how long it may be sent again.</returns>
    public static TimeSpan Refuse(HttpContext context, TimeProvider clock) => Of(context, make: true)?.Refuse(clock) ?? Wait;

    /// <summary>How long the connection was told to wait and has not; null when it owes nothing.</summary>
    public static TimeSpan? StillToWait(HttpContext context, TimeProvider clock) => Of(context, make: false)?.StillToWait(clock);

    private TimeSpan Refuse(TimeProvider clock)
    {
        lock (_lock)
        {
            _told = !_isEarly ? Wait : 2 * _told < LongestWait ? 2 * _told : LongestWait;
            (_refusedAt, _isEarly) = (clock.GetTimestamp(), false);
            return _told;
        }
    }

    private TimeSpan? StillToWait(TimeProvider clock)
    {
        lock (_lock)
        {
            var rest = _told - clock.GetElapsedTime(_refusedAt);
            if (rest <= TimeSpan.Zero)
            {
                return null;
            }

            _isEarly = true;
            return rest + (_told * Spread * Random.Shared.NextDouble());
        }
    }

    private static RefusedConnection? Of(HttpContext context, bool make)
    {
        if (context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
        {
            return null;
        }

        lock (items)
        {
            if (items.TryGetValue(Key, out var known))
            {
                return (RefusedConnection)known!;
            }

            var made = make ? new RefusedConnection() : null;
            if (made is not null)
            {
                items[Key] = made;
            }

            return made;
        }
    }
}
