using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Models;

namespace LoanRisk.Store.Models;

/// <summary>A line of the registry with the package it is about.</summary>
/// <param name="Model">The line.</param>
/// <param name="Package">The package, checked.</param>
public sealed record RegisteredPackage(RegisteredModel Model, ModelPackage Package)
{
    /// <summary>
    /// Why its figures on rows kept for the test may flatter it; null when they do not. A model that was made here never learned from them,
    /// for they are chosen by what they say; of one that was imported nobody here knows.
    /// </summary>
    public string? Caution =>
        Model.Source == ModelSource.Imported
            ? "It was imported: on which rows it was trained is not known here, and if these were among them, its figures flatter it."
            : null;

    /// <summary>A registered model, opened.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    public static RegisteredPackage Read(ModelRegistry registry, LoanProduct product, RegisteredModel model) =>
        new(model, registry.Read(model.Id, product));

    /// <summary>The model that serves a product; null when there is none.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema.</exception>
    public static RegisteredPackage? Champion(ModelRegistry registry, LoanProduct product) =>
        registry.Champion(product.Id) is { } champion ? Read(registry, product, champion) : null;
}
