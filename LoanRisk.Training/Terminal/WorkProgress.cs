using System.Diagnostics;
using Spectre.Console;

namespace LoanRisk.Training.Terminal;

/// <summary>
/// Shows how far a piece of work is: a bar with the time left on a terminal, plain lines elsewhere, nothing for what takes less
/// than two seconds there.
/// </summary>
public sealed class WorkProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly TextWriter? _lines;
    private readonly IAnsiConsole? _terminal;

    private WorkProgress(TextWriter? lines, IAnsiConsole? terminal) => (_lines, _terminal) = (lines, terminal);

    /// <summary>Shows nothing.</summary>
    public static WorkProgress Silent { get; } = new(null, null);

    /// <summary>A bar on a terminal.</summary>
    public static WorkProgress OnTerminal(IAnsiConsole terminal) => new(null, terminal);

    /// <summary>Plain lines.</summary>
    public static WorkProgress AsLines(TextWriter writer) => new(writer, null);

    /// <summary>Does a piece of work that reports its share done, 0 to 1.</summary>
    public T Run<T>(string title, Func<IProgress<double>, T> work) =>
        _terminal is not null ? RunWithBar(_terminal, title, work) : RunWithLines(title, work);

    private static T RunWithBar<T>(IAnsiConsole terminal, string title, Func<IProgress<double>, T> work) =>
        terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new Report(share => task.Value = share));
            });

    private T RunWithLines<T>(string title, Func<IProgress<double>, T> work)
    {
        if (_lines is null)
        {
            return work(new Report(_ => { }));
        }

        var watch = Stopwatch.StartNew();
        var next = Patience;
        var result = work(new Report(share =>
        {
            // Reports come from several threads; a line is written whole or not at all.
            lock (_lines)
            {
                if (watch.Elapsed >= next)
                {
                    next = watch.Elapsed + BetweenLines;
                    _lines.WriteLine(Line(title, share, watch.Elapsed));
                }
            }
        }));
        if (watch.Elapsed >= Patience)
        {
            _lines.WriteLine($"{title}: done in {Seconds(watch.Elapsed)}");
        }

        return result;
    }

    private static string Line(string title, double share, TimeSpan elapsed) =>
        share is > 0 and < 1 ? $"{title}: {share:P0}, about {Seconds(elapsed * ((1 - share) / share))} left" : $"{title} ...";

    private static string Seconds(TimeSpan time) => time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";

    private sealed class Report(Action<double> report) : IProgress<double>
    {
        void IProgress<double>.Report(double value) => report(value);
    }
}
