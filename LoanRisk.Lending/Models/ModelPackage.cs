using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Models;

/// <summary>A model with everything needed to serve and audit it, held as named files: <c>model.txt</c>, <c>calibration.json</c>,
/// <c>metrics.json</c>, <c>reference.json</c>, <c>card.md</c> and <c>manifest.json</c>. Immutable.</summary>
public sealed class ModelPackage
{
    /// <summary>Checks hashes, schema, golden row and calibration before anything is used.</summary>
    /// <exception cref="ModelPackageException">The package is damaged or of another product or schema; the message names the file.</exception>
    public static ModelPackage Open(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, LoanProduct product) => throw new NotImplementedException();

    /// <summary>SHA-256 of the content, hexadecimal.</summary>
    public string Id => throw new NotImplementedException();

    public ModelManifest Manifest => throw new NotImplementedException();

    public TreeModel Trees => throw new NotImplementedException();

    public ProbabilityCalibration Calibration => throw new NotImplementedException();

    /// <summary>The files as they are written to disk.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files => throw new NotImplementedException();
}

/// <summary>A model package that must not be used.</summary>
public sealed class ModelPackageException(string file, string problem) : Exception($"{file}: {problem}")
{
    public string File { get; } = file;
}
