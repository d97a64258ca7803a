using System.Security.Cryptography;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Reports.Diagnosis;

/// <summary>Whether a part file of the ingested data still is what joined.</summary>
/// <param name="File">Name of the file it came from.</param>
/// <param name="Sha256">Hash it is kept under.</param>
/// <param name="State">What was found.</param>
public sealed record PartHealth(string File, string Sha256, PartState State)
{
    /// <summary>Reads every part of a product anew.</summary>
    public static IReadOnlyList<PartHealth> Of(DataSetStore store, string product) =>
        [
            .. store.Files(product)
                .Where(f => f.PartSha256 is not null)
                .Select(f => new PartHealth(f.Name, f.PartSha256!, StateOf(store.PartPath(product, f.PartSha256!), f.PartSha256!)))
        ];

    private static PartState StateOf(string path, string sha256)
    {
        try
        {
            using var file = System.IO.File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file)) == sha256 ? PartState.Whole : PartState.Changed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return System.IO.File.Exists(path) ? PartState.Unreadable : PartState.Missing;
        }
    }
}

/// <summary>What was found of a part file.</summary>
public enum PartState
{
    /// <summary>It has the content it joined with.</summary>
    Whole,

    /// <summary>Its content was changed.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Missing,

    /// <summary>It cannot be opened.</summary>
    Unreadable,
}
