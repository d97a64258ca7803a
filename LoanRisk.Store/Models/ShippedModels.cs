using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Store.Models;

/// <summary>Brings the champion that a product's folder ships into the registry.</summary>
public static class ShippedModels
{
    private const string Shipper = "product folder";

    /// <summary>
    /// Registers the shipped package if it is new, and promotes it when the product has no champion, a shipped one, or one of another
    /// schema, which can serve nobody: what was promoted here is never pushed aside by a deploy.
    /// </summary>
    /// <param name="registry">The registry.</param>
    /// <param name="folder">The folder of products.</param>
    /// <param name="product">The product.</param>
    /// <param name="now">The time of registration.</param>
    /// <returns>The shipped model, or null when the product ships none.</returns>
    /// <exception cref="ModelPackageException">The package is damaged or of another product or schema.</exception>
    public static RegisteredModel? RegisterShipped(ModelRegistry registry, string folder, LoanProduct product, DateTimeOffset now)
    {
        if (ProductFolder.ReadChampion(folder, product) is not { } package)
        {
            return null;
        }

        var known = registry.List(product.Id).FirstOrDefault(model => model.Id == package.Id);
        var champion = registry.Champion(product.Id);
        var model = known ?? registry.Register(
            package, ModelSource.Shipped, new AuditEntry(Shipper, now), new TrainingRecord(KindOf(package)));
        return model.State != ModelState.Champion && MayFollow(registry, champion, product, model, isNew: known is null)
            ? Promote(registry, product, model, champion, now)
            : model;
    }

    /// <summary>What kind of model a package holds, by its manifest.</summary>
    public static ModelKind KindOf(ModelPackage package) =>
        package.Manifest.Parameters.TryGetValue("kind", out var kind) && kind == "scorecard" ? ModelKind.Scorecard : ModelKind.Trees;

    private static bool MayFollow(
        ModelRegistry registry, RegisteredModel? champion, LoanProduct product, RegisteredModel model, bool isNew) =>
        champion is null
        || champion.SchemaVersion != product.SchemaVersion
        || (champion.Source == ModelSource.Shipped && (isNew || WasInterrupted(registry, model)));

    // Nothing happened to the product since it was registered: the program ended before it was promoted.
    private static bool WasInterrupted(ModelRegistry registry, RegisteredModel model) =>
        registry.History(model.Product, limit: 1) is [{ Kind: ModelEventKind.Registered } newest] && newest.ModelId == model.Id;

    private static RegisteredModel Promote(
        ModelRegistry registry, LoanProduct product, RegisteredModel model, RegisteredModel? champion, DateTimeOffset now)
    {
        try
        {
            return registry.Promote(
                model.Id,
                product,
                new Promotion(new AuditEntry(Shipper, now, "It is the model that ships with the product."), champion?.Id));
        }
        catch (ModelStateException) when (registry.Champion(model.Product)?.Id != champion?.Id)
        {
            return registry.Find(model.Id)!; // another process was quicker
        }
    }
}
