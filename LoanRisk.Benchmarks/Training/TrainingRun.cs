namespace LoanRisk.Benchmarks.Training;

/// <summary>What a run of a trainer came to.</summary>
/// <param name="Seconds">From the table in memory to the model, binning included.</param>
/// <param name="LogLoss">Mean log loss of the training rows.</param>
/// <param name="PeakBytes">The process's peak of memory above what it held with the table.</param>
internal sealed record TrainingRun(double Seconds, double LogLoss, long PeakBytes);
