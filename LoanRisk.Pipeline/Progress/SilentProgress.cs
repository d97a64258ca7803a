namespace LoanRisk.Pipeline.Progress;

/// <summary>Shows the steps to nobody.</summary>
public sealed class SilentProgress : IStepProgress
{
    /// <summary>The only one.</summary>
    public static IStepProgress Instance { get; } = new SilentProgress();

    /// <inheritdoc/>
    public T RunWithNotes<T>(string title, Func<IProgress<StepState>, T> work) => work(new StepReport<StepState>(_ => { }));
}
