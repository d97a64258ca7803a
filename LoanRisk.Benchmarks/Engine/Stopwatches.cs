using System.Diagnostics;

namespace LoanRisk.Benchmarks.Engine;

/// <summary>Medians of several timed runs.</summary>
internal static class Stopwatches
{
    private const int Runs = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Times both ways in turn, so that a busy moment of the machine meets both, and takes medians.</summary>
    public static Figure Measure(Work work)
    {
        Warm(work);
        var ours = new List<double>();
        var native = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(Seconds(work.Ours));
            if (work.Native is not null)
            {
                native.Add(Seconds(work.Native));
            }
        }

        return new(work.Name, work.Unit, Median(ours) * work.PerRun, native.Count == 0 ? null : Median(native) * work.PerRun);
    }

    // The first run shows that both ways do the same; those after it give the compiler time for its best code.
    private static void Warm(Work work)
    {
        var ours = work.Ours();
        var native = work.Native?.Invoke();
        if (work.Tolerance >= 0 && native is not null && !(Math.Abs(ours - native.Value) <= work.Tolerance * Math.Abs(native.Value)))
        {
            throw new InvalidOperationException($"{work.Name}: our check sum is {ours:R}, LightGBM's is {native:R}");
        }

        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            work.Ours();
        }
    }

    /// <summary>The time of one run in seconds.</summary>
    public static double Seconds(Func<double> run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The middle one of an odd number of values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
