using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Models;

/// <summary><c>manifest.json</c>: what a package is, how its model came about and what its files must hash to.</summary>
public sealed record ModelManifest : TrainingFacts
{
    private const int BeforeTheFacts = -1;

    private const int AfterTheFacts = 1;

    /// <summary>A manifest that is filled in by its reader.</summary>
    public ModelManifest()
    {
    }

    /// <summary>The manifest of a model that was trained for a product.</summary>
    [SetsRequiredMembers]
    internal ModelManifest(LoanProduct product, TrainingFacts facts, GoldenRow golden, IReadOnlyDictionary<string, string> files)
        : base(facts)
    {
        (Product, SchemaVersion, Features) = (product.Id, product.SchemaVersion, product.FeatureNames);
        (Golden, Files) = (golden, files);
    }

    /// <summary>Product id.</summary>
    [JsonPropertyOrder(BeforeTheFacts)]
    public required string Product { get; init; }

    /// <summary>The product's <c>schemaVersion</c> at training.</summary>
    [JsonPropertyOrder(BeforeTheFacts)]
    public required string SchemaVersion { get; init; }

    /// <summary>Features in row order.</summary>
    [JsonPropertyOrder(BeforeTheFacts)]
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>A row with the probability it must score to; checked before the model serves.</summary>
    [JsonPropertyOrder(AfterTheFacts)]
    public required GoldenRow Golden { get; init; }

    /// <summary>SHA-256 of every other file of the package, by name; hexadecimal in lower case.</summary>
    [JsonPropertyOrder(AfterTheFacts)]
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>
    /// Why the package has no <c>model.zip</c>, or what the Probability of that file is where it is not the package's; null when there is
    /// nothing to say, and then the text does not name it.
    /// </summary>
    [JsonPropertyOrder(AfterTheFacts)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MLNetNote { get; init; }

    /// <summary>
    /// The text of <c>manifest.json</c>: the product's properties, those of <see cref="TrainingFacts"/>, then the rest, each in the order
    /// of its record; maps sorted by name, LF line ends.
    /// </summary>
    public string ToJson() => ManifestFile.Write(this);

    /// <summary>Reads the text of a <c>manifest.json</c>; unknown, missing and repeated properties are refused.</summary>
    /// <exception cref="ModelPackageException">It cannot be read; the message says where.</exception>
    public static ModelManifest FromJson(string json) => ManifestFile.Read(json);
}

/// <summary>An application in the data's spelling, and what the model says to it.</summary>
/// <param name="Values">Values by feature name; null is missing.</param>
/// <param name="RawScore">The trees' raw score (log-odds).</param>
/// <param name="Probability">The calibrated probability of a bad loan.</param>
public sealed record GoldenRow(IReadOnlyDictionary<string, string?> Values, double RawScore, double Probability);
