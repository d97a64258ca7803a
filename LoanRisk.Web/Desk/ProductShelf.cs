using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Web.Desk;

/// <summary>The products on offer and the underwriter that serves each; a swap replaces one reference.</summary>
public sealed class ProductShelf
{
    /// <param name="places">One place a product, at least one.</param>
    /// <param name="defaultProduct">Id of the product that is meant where none is named; may be null when there is only one.</param>
    /// <exception cref="ArgumentException">The default product is not among the places.</exception>
    public ProductShelf(IEnumerable<ShelfPlace> places, string? defaultProduct = null)
    {
        Places = [.. places.OrderBy(place => place.Product.Id, StringComparer.Ordinal)];
        Products = [.. Places.Select(place => place.Product)];
        Default = (Products.Count == 1 ? Products[0] : Find(defaultProduct ?? ""))
            ?? throw new ArgumentException($"The default product '{defaultProduct}' is not there; the products are {string.Join(", ", Products.Select(product => product.Id))}.", nameof(defaultProduct));
    }

    /// <summary>Reads every product and its champion. A champion that must not be used leaves its product without a model and says why.</summary>
    /// <exception cref="ProductFileException">A product file is broken; the message names file and place.</exception>
    /// <exception cref="IOException">The folder holds no product.</exception>
    public static ProductShelf Load(string folder, string? defaultProduct) => ProductFolder.ReadAll(folder) is { Count: > 0 } products
        ? new(products.Select(product => LoadPlace(folder, product)), defaultProduct)
        : throw new IOException($"{folder} holds no product; a product is a folder with a product.json in it.");

    /// <summary>The product that is meant where none is named.</summary>
    public LoanProduct Default { get; }

    /// <summary>All products, ordered by id.</summary>
    public IReadOnlyList<LoanProduct> Products { get; }

    /// <summary>All products with what serves them, ordered by id.</summary>
    public IReadOnlyList<ShelfPlace> Places { get; }

    /// <summary>The product of that id, or null.</summary>
    public LoanProduct? Find(string id) => Products.FirstOrDefault(product => product.Id == id);

    /// <summary>The underwriter that serves a product now, or null while it has no model.</summary>
    public Underwriter? Underwriter(string productId) => Places.FirstOrDefault(place => place.Product.Id == productId)?.Underwriter;

    private static ShelfPlace LoadPlace(string folder, LoanProduct product)
    {
        try
        {
            return ProductFolder.ReadChampion(folder, product) is { } champion
                ? new ShelfPlace(product, new Underwriter(product, champion), null)
                : new ShelfPlace(product, null, null);
        }
        catch (Exception e) when (e is ModelPackageException or IOException or UnauthorizedAccessException)
        {
            return new ShelfPlace(product, null, e.Message);
        }
    }
}

/// <summary>A product and what serves it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Underwriter">What decides about its applications; null without a usable champion.</param>
/// <param name="Refusal">Why its champion must not be used; null when it may, or when there is none.</param>
public sealed record ShelfPlace(LoanProduct Product, Underwriter? Underwriter, string? Refusal)
{
    /// <summary>One line about the model for a person.</summary>
    public string Describe() => (Underwriter, Refusal) switch
    {
        ({ } underwriter, _) => $"model {underwriter.Package.Id[..12]}, trained {underwriter.Package.Manifest.TrainedAt:yyyy-MM-dd}",
        (_, { } refusal) => $"NOT SERVED, its champion is refused: {refusal}",
        _ => "NOT SERVED, it has no champion yet; train one with LoanRisk.Training",
    };
}
