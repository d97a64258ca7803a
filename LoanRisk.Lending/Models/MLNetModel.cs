namespace LoanRisk.Lending.Models;

/// <summary>A package's model for ML.NET, made beside it: bytes to this project.</summary>
/// <param name="Zip">The file; null where ML.NET cannot score the trees to the bit.</param>
/// <param name="Note">
/// A sentence for the manifest: why there is no file, or what its Probability is where it is not the package's; null when there is nothing
/// to say.
/// </param>
public sealed record MLNetModel(ReadOnlyMemory<byte>? Zip, string? Note);
