using System.Globalization;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Benchmarks.Fixtures;

namespace LoanRisk.Benchmarks.Busy;

/// <summary>
/// How long decisions take while a training job runs, beside how long they take without one: the site as a process of its own,
/// asked at a steady pace, windows with and without a job in turn.
/// </summary>
internal static class BusyComparison
{
    private const int Rounds = 7;
    private const int Rows = 30_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(8);

    public static int Run(TextWriter output)
    {
        using var site = Site.Start();
        using var client = new SiteClient(site.Address);
        client.Upload(SyntheticApplications.Csv(Rows, seed: 1));
        WriteHead(output);
        SteadyLoad.Run(client, Window); // warms up
        var windows = new List<(Latencies Quiet, Latencies Busy)>();
        for (var round = 0; round < Rounds; round++)
        {
            var quiet = SteadyLoad.Run(client, Window);
            var job = client.StartSearch(seed: round);
            var busy = SteadyLoad.Run(client, Window);
            client.Cancel(job);
            windows.Add((quiet, busy));
            WriteRound(output, round + 1, quiet, busy);
        }

        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Medians: p99 {Median(windows, w => w.Quiet.P99):F2} ms "
            + $"without a job, {Median(windows, w => w.Busy.P99):F2} ms with one; ratio of a round "
            + $"{Median(windows, w => w.Busy.P99 / w.Quiet.P99):F2}"));
        output.WriteLine($"Load average at the end {File.ReadAllText("/proc/loadavg").Trim()}");
        return 0;
    }

    private static void WriteHead(TextWriter output)
    {
        foreach (var line in Machine.Lines.SkipLast(1))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{SteadyLoad.PerSecond} decisions a second, windows of {Window.TotalSeconds:F0} s in turn; the job "
            + $"searches parameters on {Rows:N0} made-up loans. Milliseconds.");
        output.WriteLine($"Load average at the start {File.ReadAllText("/proc/loadavg").Trim()}");
        output.WriteLine();
        output.WriteLine($"{"round",-7}{"quiet p50",12}{"p99",9}{"longest",9}{"job p50",12}{"p99",9}{"longest",9}{"p99 ratio",12}");
    }

    private static void WriteRound(TextWriter output, int round, Latencies quiet, Latencies busy) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{round,-7}{quiet.P50,12:F2}{quiet.P99,9:F2}{quiet.Longest,9:F2}"
        + $"{busy.P50,12:F2}{busy.P99,9:F2}{busy.Longest,9:F2}{busy.P99 / quiet.P99,12:F2}"));

    private static double Median(List<(Latencies Quiet, Latencies Busy)> windows, Func<(Latencies Quiet, Latencies Busy), double> value) =>
        Stopwatches.Median([.. windows.Select(value)]);
}
