using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections.Features;

namespace LoanRisk.Web.Security;

/// <summary>
/// When a connection was last refused for too much load. Behind a proxy a connection carries the requests of many: one that finds room is let in all the same
/// (<see cref="LoadLimit"/> asks for room first).
/// </summary>
internal static class RefusedConnection
{
    // Without it, those that were refused in one moment would all come again in one.
    private const double Spread = 0.5;

    private static readonly object Key = new();

    public static void Note(HttpContext context, long now)
    {
        if (LastRefusal(context) is { } last)
        {
            Volatile.Write(ref last.Value, now);
        }
    }

    /// <summary>How long this connection was told to wait and has not; null when it owes nothing.</summary>
    public static TimeSpan? StillToWait(HttpContext context, TimeProvider clock)
    {
        if (LastRefusal(context) is not { } last || Volatile.Read(ref last.Value) is not (var at and not 0))
        {
            return null;
        }

        var rest = LoadLimit.Wait - clock.GetElapsedTime(at);
        return rest > TimeSpan.Zero ? rest + (LoadLimit.Wait * Spread * Random.Shared.NextDouble()) : null;
    }

    private static StrongBox<long>? LastRefusal(HttpContext context)
    {
        if (context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
        {
            return null;
        }

        lock (items) // HTTP/2 has many requests on one connection
        {
            if (!items.TryGetValue(Key, out var known))
            {
                items[Key] = known = new StrongBox<long>();
            }

            return (StrongBox<long>)known!;
        }
    }
}
