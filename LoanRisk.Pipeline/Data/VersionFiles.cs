namespace LoanRisk.Pipeline.Data;

/// <summary>The files of a data version, which are read as one.</summary>
/// <param name="Paths">The files, in order.</param>
/// <param name="Name">What the data is called, for people.</param>
/// <param name="Id">The version's content hash.</param>
public sealed record VersionFiles(IReadOnlyList<string> Paths, string Name, string Id);
