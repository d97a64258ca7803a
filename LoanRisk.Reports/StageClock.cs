using LoanRisk.Pipeline.Progress;

namespace LoanRisk.Reports;

/// <summary>Shows steps of a piece of work as they run, and keeps how long each took.</summary>
/// <param name="progress">Shows them.</param>
/// <param name="time">Measures them.</param>
public sealed class StageClock(IStepProgress progress, TimeProvider time)
{
    private readonly List<Stage> _stages = [];

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<Stage> Stages => [.. _stages];

    /// <summary>Runs a step.</summary>
    public T Run<T>(string name, string amount, Func<T> work) => Run(name, _ => amount, _ => work());

    /// <summary>Runs a step that tells how far it is.</summary>
    public T Run<T>(string name, Func<T, string> amount, Func<IProgress<double>, T> work)
    {
        var start = time.GetTimestamp();
        var result = progress.Run(name, work);
        _stages.Add(new Stage(name, time.GetElapsedTime(start), amount(result)));
        return result;
    }
}
