using System.Text;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Models;

/// <summary>
/// A model with everything needed to serve and audit it, held as named files: <c>model.txt</c>, <c>calibration.json</c>,
/// <c>metrics.json</c>, <c>reference.json</c>, <c>card.md</c>, <c>manifest.json</c> and, where ML.NET can score the trees,
/// <c>model.zip</c>. Immutable.
/// </summary>
public sealed class ModelPackage
{
    private ModelPackage(
        IReadOnlyDictionary<string,
        ReadOnlyMemory<byte>> files,
        ModelManifest manifest,
        TreeModel trees,
        ProbabilityCalibration calibration)
    {
        Files = files;
        Manifest = manifest;
        Trees = trees;
        Calibration = calibration;
        Id = PackageFiles.IdOf(files);
    }

    /// <summary>SHA-256 of the content, hexadecimal: see <see cref="PackageFiles"/> for how to make it by hand.</summary>
    public string Id { get; }

    /// <summary>What the package is.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The trees.</summary>
    public TreeModel Trees { get; }

    /// <summary>Turns the trees' raw score into a probability.</summary>
    public ProbabilityCalibration Calibration { get; }

    /// <summary>The files as they are written to disk.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; }

    /// <summary>The trees as a model of ML.NET's; null when the package has none.</summary>
    public ReadOnlyMemory<byte>? MLNet =>
        Files.TryGetValue(PackageFiles.MLNet, out var zip) ? zip : default(ReadOnlyMemory<byte>?); // null alone would be an empty file

    /// <summary>A file as text, for example the model card.</summary>
    public string Text(string file) => PackageReader.Text(Files, file);

    /// <summary>Checks hashes, schema, golden row and calibration before anything is used.</summary>
    /// <exception cref="ModelPackageException">
    /// The package is damaged or of another product or schema; the message names the file.
    /// </exception>
    public static ModelPackage Open(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, LoanProduct product)
    {
        // A copy, so that nobody changes what was checked.
        var own = files.ToDictionary(f => f.Key, f => (ReadOnlyMemory<byte>)f.Value.ToArray(), StringComparer.Ordinal);
        var manifest = ModelManifest.FromJson(PackageReader.Text(own, PackageFiles.Manifest));
        PackageRules.CheckProduct(manifest, product);
        PackageRules.CheckFiles(manifest, own);
        var trees = PackageReader.Trees(own);
        PackageRules.CheckTrees(trees, product);
        var calibration = PackageReader.Calibration(own);
        PackageReader.Json(own, PackageFiles.Metrics);
        PackageReader.Json(own, PackageFiles.Reference);
        PackageReader.Text(own, PackageFiles.Card);
        PackageRules.CheckGolden(manifest.Golden, product, trees, calibration);
        return new ModelPackage(own, manifest, trees, calibration);
    }

    /// <summary>Makes a package of a trained model, and opens it as a server would.</summary>
    /// <param name="product">The product it was trained for.</param>
    /// <param name="parts">What it is made of.</param>
    /// <param name="facts">How it was trained.</param>
    /// <param name="goldenValues">An application in the data's spelling whose score the manifest pins down; null is missing.</param>
    /// <exception cref="ModelPackageException">The parts do not fit each other or the product; the message names the file.</exception>
    public static ModelPackage Create(
        LoanProduct product, PackageParts parts, TrainingFacts facts, IReadOnlyDictionary<string, string?> goldenValues)
    {
        PackageRules.CheckTrees(parts.Trees, product);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            [PackageFiles.Model] = Bytes(parts.Trees.ToText()),
            [PackageFiles.Calibration] = Bytes(parts.Calibration.ToJson()),
            [PackageFiles.Metrics] = Bytes(parts.Metrics),
            [PackageFiles.Reference] = Bytes(parts.Reference),
            [PackageFiles.Card] = Bytes(parts.Card),
        };
        if (parts.MLNet?.Zip is { } zip)
        {
            files[PackageFiles.MLNet] = zip;
        }

        // The golden scores come from the written files: what the text lost, if anything, is lost before it is pinned down.
        var golden = PackageRules.Golden(goldenValues, product, PackageReader.Trees(files), PackageReader.Calibration(files));
        var sums = files.ToDictionary(f => f.Key, f => PackageFiles.Sha256(f.Value), StringComparer.Ordinal);
        var manifest = new ModelManifest(product, facts, golden, sums) { MLNetNote = parts.MLNet?.Note };
        files[PackageFiles.Manifest] = Bytes(manifest.ToJson());
        return Open(files, product);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal));
}
