using LoanRisk.Pipeline.Progress;

namespace LoanRisk.Training.Terminal;

/// <summary>Plain lines where there is no terminal, and nothing for a step that takes less than two seconds.</summary>
/// <param name="lines">Where they go.</param>
/// <param name="clock">Measures the time left.</param>
public sealed class LineProgress(TextWriter lines, TimeProvider clock) : IStepProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public T RunWithNotes<T>(string title, Func<IProgress<StepState>, T> work)
    {
        var start = clock.GetTimestamp();
        var next = Patience;
        var result = work(new StepReport<StepState>(state =>
        {
            // Reports come from several threads; a line is written whole or not at all.
            lock (lines)
            {
                var elapsed = clock.GetElapsedTime(start);
                if (elapsed >= next)
                {
                    next = elapsed + BetweenLines;
                    lines.WriteLine(Line(title, state, elapsed));
                }
            }
        }));
        var taken = clock.GetElapsedTime(start);
        if (taken >= Patience)
        {
            lines.WriteLine($"{title}: done in {Seconds(taken)}");
        }

        return result;
    }

    private static string Line(string title, StepState state, TimeSpan elapsed)
    {
        var share = state.Share;
        var line = share is > 0 and < 1 ? $"{title}: {share:P0}, about {Seconds(elapsed * ((1 - share) / share))} left" : $"{title} ...";
        return state.Note.Length == 0 ? line : $"{line}; {state.Note}";
    }

    private static string Seconds(TimeSpan time) => time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";
}
