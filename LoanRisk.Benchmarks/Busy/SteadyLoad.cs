using System.Diagnostics;

namespace LoanRisk.Benchmarks.Busy;

/// <summary>
/// Asks for decisions at a steady pace, whether or not the last one is answered in time: an answer's time counts from when it
/// should have been asked for, so that a standstill is seen by all who would have met it.
/// </summary>
internal static class SteadyLoad
{
    public const int PerSecond = 200;

    private const int Senders = 4;

    public static Latencies Run(SiteClient client, TimeSpan length)
    {
        var all = new List<double>();
        var senders = Enumerable.Range(0, Senders).Select(sender => new Thread(() =>
        {
            var taken = Send(client, sender, length);
            lock (all)
            {
                all.AddRange(taken);
            }
        })).ToList();
        senders.ForEach(thread => thread.Start());
        senders.ForEach(thread => thread.Join());
        return Latencies.Of(all);
    }

    private static List<double> Send(SiteClient client, int sender, TimeSpan length)
    {
        var taken = new List<double>();
        var between = TimeSpan.FromSeconds((double)Senders / PerSecond);
        var clock = Stopwatch.StartNew();
        for (var due = between * sender / Senders; due < length; due += between)
        {
            if (due > clock.Elapsed)
            {
                Thread.Sleep(due - clock.Elapsed);
            }

            // The thread may be woken late; that is this program's delay, not the site's.
            var asked = clock.Elapsed;
            var late = taken.Count > 0 && taken[^1] > between.TotalMilliseconds;
            client.Decide();
            taken.Add((clock.Elapsed - (late ? due : asked)).TotalMilliseconds);
        }

        return taken;
    }
}
