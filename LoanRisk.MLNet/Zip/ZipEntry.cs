namespace LoanRisk.MLNet.Zip;

/// <summary>A file of a zip.</summary>
/// <param name="Name">Its path, with slashes.</param>
/// <param name="Content">Its bytes.</param>
internal readonly record struct ZipEntry(string Name, ReadOnlyMemory<byte> Content);
