namespace LoanRisk.Pipeline.Progress;

/// <summary>Passes each report on at once, on the thread that makes it; <see cref="Progress{T}"/> would do it later on another.</summary>
public sealed class StepReport<T>(Action<T> report) : IProgress<T>
{
    void IProgress<T>.Report(T value) => report(value);
}
