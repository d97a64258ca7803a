using LoanRisk.Store.Decisions;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>What is offered to join a product's data.</summary>
/// <param name="Folder">The folder with the files; null joins outcomes alone.</param>
/// <param name="Decided">Decided loans with reported outcomes.</param>
public sealed record IngestInput(string? Folder, IReadOnlyList<DecidedLoan> Decided);
