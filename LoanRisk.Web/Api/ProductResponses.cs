using System.Text.Json.Serialization;
using LoanRisk.Lending.Products;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Api;

/// <summary>A product and the model that serves it, null while none does; of a product whose file is broken only the id and the problem are known.</summary>
internal sealed record ProductResponse(string Id, string? Name, string? Description, string? SchemaVersion, string? Currency, TargetResponse? Target, ModelResponse? Model, string? Problem)
{
    /// <summary>All products, the broken ones among them, ordered by id.</summary>
    public static IReadOnlyList<ProductResponse> AllOf(ProductCatalog catalog)
    {
        var (places, broken) = (catalog.Places, catalog.Broken);
        var unread = broken.Where(b => places.All(place => place.Product.Id != b.Id)).Select(b => new ProductResponse(b.Id, null, null, null, null, null, null, catalog.Describe(b)));
        return [.. places.Select(place => Of(place, broken.FirstOrDefault(b => b.Id == place.Product.Id) is { } fault ? catalog.Describe(fault) : null)).Concat(unread).OrderBy(answer => answer.Id, StringComparer.Ordinal)];
    }

    private static ProductResponse Of(ServedProduct place, string? fault)
    {
        var product = place.Product;
        var target = new TargetResponse(product.Target.Column, product.Target.Meaning, product.Target.Horizon);
        return new ProductResponse(product.Id, product.Name, product.Description, product.SchemaVersion, product.Currency, target, ServingModelOf(place), place.Trouble ?? fault);
    }

    public static ModelResponse? ServingModelOf(ServedProduct place) =>
        place.DecisionEngine?.Package is { } package ? new ModelResponse(package.Id[..12], package.Manifest.CodeVersion, package.Manifest.TrainedAt.UtcDateTime) : null;
}

/// <summary>What the probability is of.</summary>
internal sealed record TargetResponse(string Column, string Meaning, string Horizon);

/// <summary>The features of a product, in the order of the feature row.</summary>
internal sealed record FeaturesResponse(string Product, string SchemaVersion, IReadOnlyList<FeatureResponse> Features);

/// <summary>One feature.</summary>
internal sealed record FeatureResponse(
    string Name, string Column, string Label, string Help, FeatureKind Kind, Unit Unit, bool Integer, ValueRange? Allowed, ValueRange? Seen, IReadOnlyList<LevelResponse> Levels,
    bool MayBeMissing, int Monotone)
{
    public static FeatureResponse Of(Feature feature) => new(
        feature.Name, feature.Column, feature.Label, feature.Help, feature.Kind, feature.Unit, feature.Integer, feature.Allowed, feature.Seen,
        [.. feature.Levels.Select(level => new LevelResponse(level.Value, level.Label))], feature.MayBeMissing, feature.Monotone);
}

/// <summary>One level.</summary>
internal sealed record LevelResponse(string Value, string Label);

/// <summary>What moves the serving model's scores.</summary>
internal sealed record ImportanceResponse(string Product, ModelResponse Model, int Loans, IReadOnlyList<ImportanceRow> Importance)
{
    [JsonPropertyOrder(-1)]
    public string Measure { get; } = "meanAbsoluteContribution";

    /// <summary>What the shares are, for a person.</summary>
    [JsonPropertyOrder(-1)]
    public string Meaning { get; } =
        "The mean absolute SHAP value: by how much a feature moves the log-odds, whichever way, on average over loans the model never learned from. It tells what moves the score, not what causes a bad loan.";
}

/// <summary>A feature's mean absolute contribution to the log-odds, and that as a share of all features', 0 to 1.</summary>
internal sealed record ImportanceRow(string Feature, string Label, double MeanAbsoluteContribution, double Share);
