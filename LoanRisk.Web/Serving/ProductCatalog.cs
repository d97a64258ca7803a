using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Web.Serving;

/// <summary>The products on offer and what serves each; a change replaces them all at once.</summary>
public sealed class ProductCatalog
{
    private readonly Lock _changing = new();
    private ServedProduct[] _places;
    private IReadOnlyList<BrokenProduct> _broken;

    /// <param name="places">One place a product, at least one.</param>
    /// <param name="defaultProduct">Id of the product that is meant where none is named; may be null when there is only one.</param>
    /// <param name="broken">Products whose files cannot be used; the default one may be among them.</param>
    /// <exception cref="ArgumentException">There is no default product.</exception>
    public ProductCatalog(IEnumerable<ServedProduct> places, string? defaultProduct = null, IReadOnlyList<BrokenProduct>? broken = null)
    {
        _broken = broken ?? [];
        _places = [.. places.OrderBy(place => place.Product.Id, StringComparer.Ordinal)];
        var only = _places.Length == 1 ? _places[0].Product : null;
        DefaultId = (_broken.Any(b => b.Id == defaultProduct) ? null : only ?? Find(defaultProduct ?? ""))?.Id
            ?? _broken.FirstOrDefault(b => b.Id == defaultProduct)?.Id
            ?? throw new ArgumentException(
                $"The default product '{defaultProduct}' is not there; the products are "
                    + $"{string.Join(", ", Products.Select(product => product.Id))}.",
                nameof(defaultProduct));
    }

    /// <summary>The product that is meant where none is named; null when its file is broken.</summary>
    public LoanProduct? Default => Find(DefaultId);

    /// <summary>Id of the product that is meant where none is named.</summary>
    public string DefaultId { get; }

    /// <summary>
    /// Products whose files cannot be used as they are now. One that was whole when the site started is served as it was then.
    /// </summary>
    public IReadOnlyList<BrokenProduct> Broken { get => Volatile.Read(ref _broken); set => Volatile.Write(ref _broken, value); }

    /// <summary>All products, ordered by id, each with the policy that decides now.</summary>
    public IReadOnlyList<LoanProduct> Products => [.. Places.Select(place => place.Product)];

    /// <summary>All products with what serves them now, ordered by id.</summary>
    public IReadOnlyList<ServedProduct> Places => Volatile.Read(ref _places);

    /// <summary>What a person is told of a product's broken file.</summary>
    public string Describe(BrokenProduct broken) => Find(broken.Id) is null ? $"Product {broken.Id} is not served: {broken.Why}"
        : broken.IsGone ? $"Product {broken.Id} is served as it was read, and will not be after a restart: {broken.Why}"
        : $"The file of product {broken.Id} is broken since the site started, "
            + $"which serves on what it read then and would not after a restart: {broken.Why}";

    /// <summary>The default product where it is served, else the first that is; null while none is.</summary>
    public LoanProduct? Served => Default is { } product && DecisionEngine(product.Id) is not null
        ? product
        : Places.FirstOrDefault(place => place.DecisionEngine is not null)?.Product;

    /// <summary>The product of that id, or null.</summary>
    public LoanProduct? Find(string id) => Found(id)?.Product;

    /// <summary>A product with what serves it now.</summary>
    /// <exception cref="ArgumentException">There is no such product.</exception>
    public ServedProduct Place(string productId) =>
        Found(productId) ?? throw new ArgumentException($"There is no product '{productId}' in the catalog.", nameof(productId));

    /// <summary>
    /// What decides about a product's applications now; null while it has no model. Ask once a request and keep the answer: the next one
    /// may be another.
    /// </summary>
    public DecisionEngine? DecisionEngine(string productId) => Found(productId)?.DecisionEngine;

    /// <summary>Lets a product be served by what the place says from now on. Requests that have their engine finish with it.</summary>
    /// <exception cref="ArgumentException">The product is not in the catalog.</exception>
    public void Put(ServedProduct place)
    {
        lock (_changing)
        {
            var before = Place(place.Product.Id);
            Volatile.Write(ref _places, [.. _places.Select(other => ReferenceEquals(other, before) ? place : other)]);
        }
    }

    /// <summary>Takes a product on that was not there, or broken, when the site started.</summary>
    /// <exception cref="ArgumentException">It is in the catalog.</exception>
    public void Add(ServedProduct place)
    {
        lock (_changing)
        {
            if (Find(place.Product.Id) is not null)
            {
                throw new ArgumentException($"Product '{place.Product.Id}' is in the catalog.", nameof(place));
            }

            Volatile.Write(ref _places, [.. _places.Append(place).OrderBy(other => other.Product.Id, StringComparer.Ordinal)]);
        }
    }

    private ServedProduct? Found(string productId) => Array.Find(Volatile.Read(ref _places), place => place.Product.Id == productId);
}
