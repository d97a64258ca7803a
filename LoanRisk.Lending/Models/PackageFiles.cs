using System.Security.Cryptography;
using System.Text;

namespace LoanRisk.Lending.Models;

/// <summary>Names and hashes of the files of a package.</summary>
public static class PackageFiles
{
    /// <summary>The trees in LightGBM's text format.</summary>
    public const string Model = "model.txt";

    /// <summary>How a raw score becomes a probability.</summary>
    public const string Calibration = "calibration.json";

    /// <summary>How good the model was on rows it never saw.</summary>
    public const string Metrics = "metrics.json";

    /// <summary>The training distribution that drift is measured against.</summary>
    public const string Reference = "reference.json";

    /// <summary>The model card.</summary>
    public const string Card = "card.md";

    /// <summary>
    /// The same trees as a model of ML.NET's, where that can score them to the bit; packages from before it, and those that say why in the
    /// manifest, have none.
    /// </summary>
    public const string MLNet = "model.zip";

    /// <summary>What the package is.</summary>
    public const string Manifest = ManifestFile.Name;

    /// <summary>Every file that each package has but the manifest, which names their hashes.</summary>
    public static IReadOnlyList<string> Hashed { get; } = [Calibration, Card, Metrics, Model, Reference];

    /// <summary>Files that a package may have besides; the manifest names their hashes when it has them.</summary>
    public static IReadOnlyList<string> Optional { get; } = [MLNet];

    internal static string Sha256(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));

    /// <summary>
    /// The id of a package: the SHA-256 of the lines <c>HASH  NAME</c> of all its files, manifest included, in order of name. In its
    /// folder, <c>sha256sum * | sha256sum</c> prints the same.
    /// </summary>
    public static string IdOf(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        var lines = files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{Sha256(f.Value)}  {f.Key}\n");
        return Sha256(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}
