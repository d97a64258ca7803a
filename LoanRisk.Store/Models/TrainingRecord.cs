namespace LoanRisk.Store.Models;

/// <summary>What the registry keeps of a training that the package does not say.</summary>
/// <param name="Kind">Trees or scorecard.</param>
/// <param name="DataVersion">Id of the data set version it was trained on; null for a file.</param>
/// <param name="Time">How long training took; null when that is not known.</param>
public sealed record TrainingRecord(ModelKind Kind = ModelKind.Trees, string? DataVersion = null, TimeSpan? Time = null);
