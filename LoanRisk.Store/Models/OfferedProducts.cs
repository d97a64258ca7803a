using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Store.Models;

/// <summary>The products there are: those of the folder, and in their place, or besides, those whose files are in the database.</summary>
/// <param name="Products">Those that can be used, ordered by id.</param>
/// <param name="Broken">Those that cannot, and why.</param>
/// <param name="Pushed">The files of the database that hold, by product.</param>
public sealed record OfferedProducts(
    IReadOnlyList<LoanProduct> Products, IReadOnlyList<BrokenProduct> Broken, IReadOnlyDictionary<string, PushedProduct> Pushed)
{
    /// <summary>Reads them. A broken file of the database does not give way to the folder's, which may be years old.</summary>
    /// <param name="folder">The folder of products; one that is missing holds none.</param>
    /// <param name="pushed">The files of the database; null for none.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, and the database holds none either.</exception>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static OfferedProducts Read(string folder, PushedProducts? pushed) => Read(folder, pushed?.Holding() ?? []);

    /// <summary>The same with files that were read before.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder, and no file either.</exception>
    public static OfferedProducts Read(string folder, IReadOnlyList<PushedProduct> pushed)
    {
        var holding = pushed.ToDictionary(file => file.Product, StringComparer.Ordinal);
        var (shipped, broken) = holding.Count > 0 && !Directory.Exists(folder) ? ([], []) : ProductFolder.ReadEach(folder);
        List<LoanProduct> products = [.. shipped.Where(product => !holding.ContainsKey(product.Id))];
        List<BrokenProduct> unusable = [.. broken.Where(product => !holding.ContainsKey(product.Id))];
        foreach (var file in holding.Values)
        {
            try
            {
                products.Add(ProductFile.Parse(file.Text!, file.Shown));
            }
            catch (ProductFileException e)
            {
                unusable.Add(new BrokenProduct(file.Product, e.Message)); // an earlier program may not know all that a newer one took
            }
        }

        return new OfferedProducts([.. products.OrderBy(product => product.Id, StringComparer.Ordinal)], unusable, holding);
    }
}
