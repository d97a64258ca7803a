using LoanRisk.Pipeline.Progress;
using Spectre.Console;

namespace LoanRisk.Training.Terminal;

/// <summary>A bar on a terminal for each step, with the time left.</summary>
internal sealed class BarProgress(IAnsiConsole terminal) : IStepProgress
{
    /// <inheritdoc/>
    public T RunWithNotes<T>(string title, Func<IProgress<StepState>, T> work) =>
        terminal.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return work(new StepReport<StepState>(state =>
                {
                    task.Value = state.Share;
                    task.Description = Markup.Escape(state.Note.Length == 0 ? title : $"{title}, {state.Note}");
                }));
            });
}
