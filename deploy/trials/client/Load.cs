using System.Diagnostics;

namespace LoanRisk.TrialClient;

/// <summary>Asks for decisions at a steady pace and keeps every answer.</summary>
internal static class Load
{
    /// <summary>Runs a plan; the file has every answer then, in the order they came. SIGINT and SIGTERM end it early.</summary>
    public static async Task<LoadFigures> RunAsync(LoadPlan plan, Uri[] sites, string file)
    {
        using var stop = new CancellationTokenSource();
        using var interrupted = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
        await using var lines = new StreamWriter(file) { AutoFlush = true };
        using var caller = new Caller();
        var answers = await AskAsync(plan, number => caller.DecideAsync(sites[number % sites.Length], number), lines, stop.Token);
        return LoadFigures.Of(answers);
    }

    /// <summary>Asks at the plan's pace; the time of an answer counts from when it was sent.</summary>
    public static async Task<IReadOnlyList<Answer>> AskAsync(
        LoadPlan plan, Func<int, Task<Answer>> ask, TextWriter lines, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var all = new List<Answer>();
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, plan.Clients).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref taken);
                var due = TimeSpan.FromSeconds((double)number / plan.PerSecond);
                if (due >= plan.Length || clock.Elapsed >= plan.Length)
                {
                    return;
                }

                if (due > clock.Elapsed)
                {
                    await Task.Delay(due - clock.Elapsed, CancellationToken.None);
                }

                var answer = await ask(plan.First + number);
                lock (all)
                {
                    all.Add(answer);
                    lines.WriteLine(answer);
                }
            }
        })));
        return all;
    }
}
