using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;

namespace LoanRisk.Reports;

/// <summary>The model a report is about.</summary>
/// <param name="Package">The package.</param>
/// <param name="Registered">Its line in the registry; null for a folder.</param>
/// <param name="ComparedWith">The champion, or for the champion the one before it; null when there is none.</param>
/// <param name="ComparedWithName">What that one is called in charts.</param>
/// <param name="ComparisonProblem">Why there is none to be held against, though one serves or has served.</param>
public sealed record ReportedModel(
    ModelPackage Package,
    RegisteredModel? Registered,
    RegisteredPackage? ComparedWith,
    string ComparedWithName,
    string? ComparisonProblem = null)
{
    /// <summary>Finds what a package is held against: the champion, or what was champion before it.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="product">The product.</param>
    /// <param name="package">The package.</param>
    /// <param name="shipped">The model that serves though the registry does not say so yet; null when there is none.</param>
    public static ReportedModel Find(ModelRegistry registry, LoanProduct product, ModelPackage package, RegisteredPackage? shipped = null)
    {
        var champions = shipped is null
            ? registry.Champions(product.Id)
            : [shipped.Model.Id, .. registry.Champions(product.Id)];
        var isChampion = champions.Count > 0 && champions[0] == package.Id;
        var other = champions.ElementAtOrDefault(isChampion ? 1 : 0);
        var line = package.Id == shipped?.Model.Id ? shipped.Model : registry.Find(package.Id);
        var model = new ReportedModel(package, line, null, isChampion ? "Champion before" : "Champion");
        try
        {
            return other is null ? model
                : model with
                {
                    ComparedWith = other == shipped?.Model.Id ? shipped : RegisteredPackage.Read(registry, product, registry.Find(other)!),
                };
        }
        catch (ModelPackageException e)
        {
            return model with { ComparisonProblem = $"{model.ComparedWithName} {other![..12]} cannot be compared: {e.Message}" };
        }
    }
}
