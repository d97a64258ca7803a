using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;

namespace LoanRisk.Store.Packages;

/// <summary>A folder of products: <c>ID/product.json</c> and, once trained, <c>ID/champion/</c>.</summary>
public static class ProductFolder
{
    /// <summary>The folder named by LOANRISK_PRODUCTS, or <c>products</c> beside the program.</summary>
    public static string Default => throw new NotImplementedException();

    /// <summary>Reads every product in the folder, ordered by id.</summary>
    /// <exception cref="ProductFileException">A product file is broken; the message names file and place.</exception>
    public static IReadOnlyList<LoanProduct> ReadAll(string folder) => throw new NotImplementedException();

    /// <summary>Reads and checks the champion of a product; null when the product has none yet.</summary>
    /// <exception cref="ModelPackageException">The package is damaged or of another product or schema.</exception>
    public static ModelPackage? ReadChampion(string folder, LoanProduct product) => throw new NotImplementedException();

    /// <summary>Writes a package's files into a folder; an existing package there is replaced as a whole or not at all.</summary>
    public static void Write(string packageFolder, ModelPackage package) => throw new NotImplementedException();
}
