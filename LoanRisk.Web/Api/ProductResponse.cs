using LoanRisk.Lending.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Api;

/// <summary>A product and the model that serves it.</summary>
/// <param name="Id">Its part of addresses.</param>
/// <param name="Name">What a person reads; this and what follows is null while the product's file is broken.</param>
/// <param name="Description">What is lent, to whom and by whom.</param>
/// <param name="SchemaVersion">Changes when the features change.</param>
/// <param name="Currency">ISO 4217 code of every amount.</param>
/// <param name="Target">What the probability is of.</param>
/// <param name="Model">The serving model; null while none serves.</param>
/// <param name="Problem">
/// What is wrong with its file, or why another model is refused, for whoever runs the site; null when all is well.
/// </param>
internal sealed record ProductResponse(
    string Id,
    string? Name,
    string? Description,
    string? SchemaVersion,
    string? Currency,
    TargetResponse? Target,
    ModelResponse? Model,
    string? Problem)
{
    /// <summary>All products, the broken ones among them, ordered by id.</summary>
    public static IReadOnlyList<ProductResponse> AllOf(ProductCatalog catalog)
    {
        var (places, broken) = (catalog.Places, catalog.Broken);
        var unread = broken.Where(b => places.All(place => place.Product.Id != b.Id))
            .Select(b => new ProductResponse(b.Id, null, null, null, null, null, null, catalog.Describe(b)));
        return [.. places.Select(place => Of(place, FaultOf(place))).Concat(unread).OrderBy(answer => answer.Id, StringComparer.Ordinal)];

        string? FaultOf(ServedProduct place) =>
            broken.FirstOrDefault(b => b.Id == place.Product.Id) is { } fault ? catalog.Describe(fault) : null;
    }

    /// <summary>The model that serves; null while none does.</summary>
    public static ModelResponse? ServingModelOf(ServedProduct place) =>
        place.DecisionEngine?.Package is { } package ? ModelOf(package) : null;

    /// <summary>A package as a model of an answer.</summary>
    public static ModelResponse ModelOf(ModelPackage package) =>
        new(ShortId.Of(package.Id), package.Manifest.CodeVersion, package.Manifest.TrainedAt.UtcDateTime);

    private static ProductResponse Of(ServedProduct place, string? fault)
    {
        var product = place.Product;
        var target = new TargetResponse(product.Target.Column, product.Target.Meaning, product.Target.Horizon);
        return new ProductResponse(
            product.Id,
            product.Name,
            product.Description,
            product.SchemaVersion,
            product.Currency,
            target,
            ServingModelOf(place),
            place.Trouble ?? fault);
    }
}

/// <summary>What the probability is of.</summary>
/// <param name="Column">Column of the data.</param>
/// <param name="Meaning">What becomes of a bad loan, in words.</param>
/// <param name="Horizon">Over which time.</param>
internal sealed record TargetResponse(string Column, string Meaning, string Horizon);
