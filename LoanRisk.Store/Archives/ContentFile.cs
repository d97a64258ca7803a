using System.Text.RegularExpressions;

namespace LoanRisk.Store.Archives;

/// <summary>
/// What SQLite's folder keeps as a file beside the databases, PostgreSQL in rows, and an archive as an entry: the part of a data set, or a
/// key of the forms.
/// </summary>
/// <param name="Product">The product of a part; null for a key.</param>
/// <param name="Name">The part's hash, or the key's name.</param>
internal sealed record ContentFile(string? Product, string Name)
{
    private static readonly Regex PartPath = new(
        @"\Adatasets/(?<product>[a-z][a-z0-9-]{0,39})/parts/(?<hash>[0-9a-f]{64})\.csv\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    private static readonly Regex KeyPath = new(
        @"\Akeys/(?<name>[A-Za-z0-9-]{1,100})\.xml\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>True for a part of a data set.</summary>
    public bool IsPart => Product is not null;

    /// <summary>Its path in an archive and in the data folder, parted by slashes.</summary>
    public string Path => IsPart ? $"datasets/{Product}/parts/{Name}.csv" : $"keys/{Name}.xml";

    /// <summary>The part of a product.</summary>
    public static ContentFile OfPart(string product, string sha256) => new(product, sha256);

    /// <summary>A key.</summary>
    public static ContentFile OfKey(string name) => new(null, name);

    /// <summary>What a path means; null when it can be the path of neither.</summary>
    public static ContentFile? Parse(string path) =>
        PartPath.Match(path) is { Success: true } part ? OfPart(part.Groups["product"].Value, part.Groups["hash"].Value)
        : KeyPath.Match(path) is { Success: true } key ? OfKey(key.Groups["name"].Value)
        : null;
}
