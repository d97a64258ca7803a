namespace LoanRisk.Lending.Models;

/// <summary><c>manifest.json</c>: what a package is and what its files must hash to.</summary>
public sealed record ModelManifest
{
    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>The product's <c>schemaVersion</c> at training.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>Features in row order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Version of the code that trained it.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>LightGBM's parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>SHA-256 of the training file, hexadecimal in lower case.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Rows it was trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them were bad loans.</summary>
    public required int BadRows { get; init; }

    /// <summary>A row with the probability it must score to; checked before the model serves.</summary>
    public required GoldenRow Golden { get; init; }

    /// <summary>SHA-256 of every other file of the package, by name; hexadecimal in lower case.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>The text of <c>manifest.json</c>: properties in the order above, maps sorted by name, LF line ends.</summary>
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
