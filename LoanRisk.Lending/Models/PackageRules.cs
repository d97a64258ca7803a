using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Models;

/// <summary>What must hold before a package serves.</summary>
internal static class PackageRules
{
    /// <summary>How far, relative to its size, a golden score may be from the manifest's: rounding of another processor, no more.</summary>
    private const double GoldenTolerance = 1e-12;

    public static void CheckProduct(ModelManifest manifest, LoanProduct product)
    {
        if (manifest.Product != product.Id)
        {
            throw new ModelPackageException(
                PackageFiles.Manifest,
                $"The model is of product \"{manifest.Product}\", not of \"{product.Id}\". Put it into that product's folder.");
        }

        if (manifest.SchemaVersion != product.SchemaVersion)
        {
            throw new ModelPackageException(
                PackageFiles.Manifest,
                $"The model was trained with schema version {manifest.SchemaVersion}; the product now has {product.SchemaVersion}. "
                    + "Train the model again.");
        }

        if (!manifest.Features.SequenceEqual(product.FeatureNames))
        {
            throw Features(PackageFiles.Manifest, manifest.Features, product);
        }
    }

    public static void CheckFiles(ModelManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        foreach (var name in PackageFiles.Hashed)
        {
            if (!manifest.Files.TryGetValue(name, out var expected))
            {
                throw new ModelPackageException(PackageFiles.Manifest, $"It does not name {name}. Train the model again.");
            }

            CheckFile(name, expected, files);
        }

        CheckOptional(manifest, files);
        var names = files.Keys.Concat(manifest.Files.Keys);
        string[] known = [PackageFiles.Manifest, .. PackageFiles.Hashed, .. PackageFiles.Optional];
        if (names.FirstOrDefault(n => !known.Contains(n)) is { } odd)
        {
            throw new ModelPackageException(odd, "The file does not belong into a model package. Take it away.");
        }
    }

    public static void CheckTrees(TreeModel trees, LoanProduct product)
    {
        if (!trees.FeatureNames.SequenceEqual(product.FeatureNames))
        {
            throw Features(PackageFiles.Model, trees.FeatureNames, product);
        }

        if (trees.OutputCount != 1)
        {
            throw new ModelPackageException(
                PackageFiles.Model, $"The model has {trees.OutputCount} outputs; a risk model has one, as objective=binary gives it.");
        }
    }

    public static GoldenRow Golden(
        IReadOnlyDictionary<string, string?> values, LoanProduct product, TreeModel trees, ProbabilityCalibration calibration)
    {
        var fields = values.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value), StringComparer.Ordinal);
        var check = LoanApplication.Check(product, fields, InputStyle.Text);
        if (check.Application is not { } application)
        {
            throw new ModelPackageException(
                PackageFiles.Manifest, $"The golden row is no application of this product: {check.Problems[0].Message}");
        }

        var raw = trees.PredictRaw([.. application.Row]);
        return new GoldenRow(values, raw, calibration.Probability(raw));
    }

    public static void CheckGolden(GoldenRow expected, LoanProduct product, TreeModel trees, ProbabilityCalibration calibration)
    {
        var scored = Golden(expected.Values, product, trees, calibration);
        if (!Near(scored.RawScore, expected.RawScore) || !Near(scored.Probability, expected.Probability))
        {
            throw new ModelPackageException(
                PackageFiles.Manifest,
                $"The golden row must score {expected.RawScore:R} and probability {expected.Probability:R}; "
                    + $"it scores {scored.RawScore:R} and {scored.Probability:R}. "
                + "The model is not the one that was measured; train it again.");
        }
    }

    // A file that the manifest does not name was put there by somebody else.
    private static void CheckOptional(ModelManifest manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        foreach (var name in PackageFiles.Optional)
        {
            if (manifest.Files.TryGetValue(name, out var expected))
            {
                CheckFile(name, expected, files);
            }
            else if (files.ContainsKey(name))
            {
                throw new ModelPackageException(
                    name, "The manifest does not name the file, so it was not made with the package. Take it away.");
            }
        }
    }

    private static void CheckFile(string name, string expected, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!files.TryGetValue(name, out var content))
        {
            throw new ModelPackageException(name, "The file is missing. Restore it, or train the model again.");
        }

        var found = PackageFiles.Sha256(content);
        if (found != expected)
        {
            throw new ModelPackageException(
                name,
                $"The file was changed after training: its SHA-256 is {found}, the manifest names {expected}. "
                    + "Restore it, or train the model again.");
        }
    }

    private static ModelPackageException Features(string file, IEnumerable<string> features, LoanProduct product) => new(
        file, $"The model has the features {string.Join(", ", features)}; the product has {string.Join(", ", product.FeatureNames)}. "
            + "Train the model again.");

    private static bool Near(double scored, double expected) => Math.Abs(scored - expected) <= GoldenTolerance * Math.Abs(expected);
}
