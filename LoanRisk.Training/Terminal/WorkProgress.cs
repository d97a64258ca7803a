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

    private readonly Action<string, WorkState>? _told;

    private readonly TimeProvider _clock;

    private WorkProgress(TextWriter? lines, IAnsiConsole? terminal, TimeProvider? clock = null, Action<string, WorkState>? told = null) =>
        (_lines, _terminal, _clock, _told) = (lines, terminal, clock ?? TimeProvider.System, told);

    /// <summary>Shows nothing.</summary>
    public static WorkProgress Silent { get; } = new(null, null);

    /// <summary>A bar on a terminal.</summary>
    public static WorkProgress OnTerminal(IAnsiConsole terminal) => new(null, terminal);

    /// <summary>Plain lines; the time left is measured by a clock, the system's unless given.</summary>
    public static WorkProgress AsLines(TextWriter writer, TimeProvider? clock = null) => new(writer, null, clock);

    /// <summary>Tells somebody else: the title of each piece of work and how far it is, from its beginning on and from whatever thread.</summary>
    public static WorkProgress To(Action<string, WorkState> told) => new(null, null, told: told);

    /// <summary>Does a piece of work that reports its share done, 0 to 1.</summary>
    public T Run<T>(string title, Func<IProgress<double>, T> work) =>
        RunWithNotes(title, notes => work(new Report<double>(share => notes.Report(new WorkState(share)))));

    /// <summary>Does a piece of work that also has something to say on the way.</summary>
    public T RunWithNotes<T>(string title, Func<IProgress<WorkState>, T> work) =>
        _told is not null ? RunTelling(_told, title, work) : _terminal is not null ? RunWithBar(_terminal, title, work) : RunWithLines(title, work);

    private static T RunTelling<T>(Action<string, WorkState> told, string title, Func<IProgress<WorkState>, T> work)
    {
        told(title, new WorkState(0));
        return work(new Report<WorkState>(state => told(title, state)));
    }

    private static T RunWithBar<T>(IAnsiConsole terminal, string title, Func<IProgress<WorkState>, T> work) =>
        terminal.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new Report<WorkState>(state =>
                {
                    task.Value = state.Share;
                    task.Description = Markup.Escape(state.Note.Length == 0 ? title : $"{title}, {state.Note}");
                }));
            });

    private T RunWithLines<T>(string title, Func<IProgress<WorkState>, T> work)
    {
        if (_lines is null)
        {
            return work(new Report<WorkState>(_ => { }));
        }

        var start = _clock.GetTimestamp();
        var next = Patience;
        var result = work(new Report<WorkState>(state =>
        {
            // Reports come from several threads; a line is written whole or not at all.
            lock (_lines)
            {
                var elapsed = _clock.GetElapsedTime(start);
                if (elapsed >= next)
                {
                    next = elapsed + BetweenLines;
                    _lines.WriteLine(Line(title, state, elapsed));
                }
            }
        }));
        var taken = _clock.GetElapsedTime(start);
        if (taken >= Patience)
        {
            _lines.WriteLine($"{title}: done in {Seconds(taken)}");
        }

        return result;
    }

    private static string Line(string title, WorkState state, TimeSpan elapsed)
    {
        var share = state.Share;
        var line = share is > 0 and < 1 ? $"{title}: {share:P0}, about {Seconds(elapsed * ((1 - share) / share))} left" : $"{title} ...";
        return state.Note.Length == 0 ? line : $"{line}; {state.Note}";
    }

    private static string Seconds(TimeSpan time) => time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";

    private sealed class Report<T>(Action<T> report) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => report(value);
    }
}
