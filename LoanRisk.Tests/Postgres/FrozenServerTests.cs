using System.Diagnostics;
using LoanRisk.Store;

namespace LoanRisk.Tests.Postgres;

/// <summary>A server that takes connections and answers none of them, as one whose host hangs or is cut off.</summary>
[Slow]
public sealed class FrozenServerTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(12);

    private readonly PostgresProcess _process = PostgresProcess.Create();

    public void Dispose() => _process.Dispose();

    [Fact]
    public void Callers_are_refused_soon_and_later_ones_at_once()
    {
        using var server = PostgresServer.At(_process.Url, "the test");
        server.Run(connection => connection.State);
        _process.Freeze();
        try
        {
            Assert.All(RefuseAll(server, 20), taken => Assert.InRange(taken, TimeSpan.Zero, Bound));
            // One of them may be the one that tries again.
            Assert.InRange(RefuseAll(server, 20).Count(taken => taken < TimeSpan.FromSeconds(1)), 19, 20);
        }
        finally
        {
            _process.Thaw();
        }

        var back = Stopwatch.StartNew();
        while (Refuse(server) is not null)
        {
            Assert.InRange(back.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Thread.Sleep(50);
        }
    }

    private static IReadOnlyList<TimeSpan> RefuseAll(PostgresServer server, int callers)
    {
        var taken = new TimeSpan?[callers];
        var threads = Enumerable.Range(0, callers).Select(i => new Thread(() => taken[i] = Refuse(server))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. taken.Select(time => Assert.NotNull(time))];
    }

    // How long it took; null when it was not refused.
    private static TimeSpan? Refuse(PostgresServer server)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            server.Run(connection => connection.State);
            return null;
        }
        catch (StoreException)
        {
            return clock.Elapsed;
        }
    }
}
