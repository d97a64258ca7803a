using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Web.Desk;

/// <summary>The products on offer and the underwriter that serves each; a swap replaces one reference.</summary>
public sealed class ProductShelf
{
    private readonly ShelfPlace[] _places;
    private IReadOnlyList<BrokenProduct> _broken;

    /// <param name="places">One place a product, at least one.</param>
    /// <param name="defaultProduct">Id of the product that is meant where none is named; may be null when there is only one.</param>
    /// <param name="broken">Products whose files cannot be used; the default one may be among them.</param>
    /// <exception cref="ArgumentException">There is no default product.</exception>
    public ProductShelf(IEnumerable<ShelfPlace> places, string? defaultProduct = null, IReadOnlyList<BrokenProduct>? broken = null)
    {
        _broken = broken ?? [];
        _places = [.. places.OrderBy(place => place.Product.Id, StringComparer.Ordinal)];
        DefaultId = (_broken.Any(b => b.Id == defaultProduct) ? null : _places.Length == 1 ? _places[0].Product : Find(defaultProduct ?? ""))?.Id
            ?? _broken.FirstOrDefault(b => b.Id == defaultProduct)?.Id
            ?? throw new ArgumentException($"The default product '{defaultProduct}' is not there; the products are {string.Join(", ", Products.Select(product => product.Id))}.", nameof(defaultProduct));
    }

    /// <summary>The product that is meant where none is named; null when its file is broken.</summary>
    public LoanProduct? Default => Find(DefaultId);

    /// <summary>Id of the product that is meant where none is named.</summary>
    public string DefaultId { get; }

    /// <summary>Products whose files cannot be used as they are now. One that was whole when the site started is served as it was then.</summary>
    public IReadOnlyList<BrokenProduct> Broken { get => Volatile.Read(ref _broken); set => Volatile.Write(ref _broken, value); }

    /// <summary>All products, ordered by id, each with the policy that decides now.</summary>
    public IReadOnlyList<LoanProduct> Products => [.. Places.Select(place => place.Product)];

    /// <summary>All products with what serves them now, ordered by id.</summary>
    public IReadOnlyList<ShelfPlace> Places => [.. Enumerable.Range(0, _places.Length).Select(i => Volatile.Read(ref _places[i]))];

    /// <summary>What a person is told of a product's broken file.</summary>
    public string Describe(BrokenProduct broken) => Find(broken.Id) is null
        ? $"Product {broken.Id} is not served: {broken.Why}"
        : $"The file of product {broken.Id} is broken since the site started, which serves on what it read then and would not after a restart: {broken.Why}";

    /// <summary>The default product where it is served, else the first that is; null while none is.</summary>
    public LoanProduct? Served => Default is { } product && Underwriter(product.Id) is not null ? product : Places.FirstOrDefault(place => place.Underwriter is not null)?.Product;

    /// <summary>The product of that id, or null.</summary>
    public LoanProduct? Find(string id) => Array.FindIndex(_places, place => place.Product.Id == id) is >= 0 and var index ? Volatile.Read(ref _places[index]).Product : null;

    /// <summary>A product with what serves it now.</summary>
    /// <exception cref="ArgumentException">There is no such product.</exception>
    public ShelfPlace Place(string productId) => Volatile.Read(ref _places[IndexOf(productId)]);

    /// <summary>The underwriter that serves a product now, or null while it has no model. Ask once a request and keep the answer: the next one may be another.</summary>
    public Underwriter? Underwriter(string productId) => Find(productId) is null ? null : Place(productId).Underwriter;

    /// <summary>Lets a product be served by what the place says from now on. Requests that have their underwriter finish with it.</summary>
    /// <exception cref="ArgumentException">The product is not on the shelf.</exception>
    public void Put(ShelfPlace place) => Volatile.Write(ref _places[IndexOf(place.Product.Id)], place);

    private int IndexOf(string productId) => Array.FindIndex(_places, place => place.Product.Id == productId) is >= 0 and var index
        ? index
        : throw new ArgumentException($"There is no product '{productId}' on the shelf.", nameof(productId));
}
