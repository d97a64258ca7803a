namespace LoanRisk.Pipeline.Progress;

/// <summary>Shows somebody the steps of a piece of work while they run: a terminal, or a job's line on a page.</summary>
public interface IStepProgress
{
    /// <summary>Does a step that reports its share done, 0 to 1.</summary>
    public T Run<T>(string title, Func<IProgress<double>, T> work) =>
        RunWithNotes(title, notes => work(new StepReport<double>(share => notes.Report(new StepState(share)))));

    /// <summary>Does a step that also has something to say on the way; from whatever thread.</summary>
    public T RunWithNotes<T>(string title, Func<IProgress<StepState>, T> work);
}
