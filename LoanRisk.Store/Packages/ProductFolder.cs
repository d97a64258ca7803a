using System.Text;
using LoanRisk.Lending;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;

namespace LoanRisk.Store.Packages;

/// <summary>A folder of products: <c>ID/product.json</c> and, once trained, <c>ID/champion/</c>.</summary>
public static class ProductFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "LOANRISK_PRODUCTS";

    /// <summary>Name of a product's file in its folder.</summary>
    public const string FileName = "product.json";

    private const string Champion = "champion";

    // Only a checkout has it.
    private const string Solution = "LoanRisk.sln";

    private const long MostBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The folder named by LOANRISK_PRODUCTS, or <c>products</c> beside the program, or in the nearest folder above it that has
    /// one: a program run from its sources finds the checkout's.
    /// </summary>
    public static string Default => Resolve(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);

    /// <summary>
    /// The folder in which a new product is made: the one named by LOANRISK_PRODUCTS, else the checkout's when the program runs from its
    /// sources (a build copies products beside the program, and the copy is not where people work), else <see cref="Default"/>.
    /// </summary>
    public static string ForNew => ResolveForNew(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);

    /// <summary>The folder that holds a product's serving model.</summary>
    public static string ChampionFolder(string folder, LoanProduct product) => Path.Combine(folder, product.Id, Champion);

    /// <summary>Reads every product in the folder, ordered by id. Folders whose name starts with a dot are not products.</summary>
    /// <exception cref="ProductFileException">A product file is broken; the message names file and place.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; the message says how to name another.</exception>
    public static IReadOnlyList<LoanProduct> ReadAll(string folder) => [.. Folders(folder).Select(Read)];

    /// <summary>The same, but a product whose file is broken is told and does not keep the others out.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; the message says how to name another.</exception>
    public static (IReadOnlyList<LoanProduct> Products, IReadOnlyList<BrokenProduct> Broken) ReadEach(string folder)
    {
        var (products, broken) = (new List<LoanProduct>(), new List<BrokenProduct>());
        foreach (var product in Folders(folder))
        {
            try
            {
                products.Add(Read(product));
            }
            catch (Exception e) when (e is ProductFileException or IOException or UnauthorizedAccessException)
            {
                broken.Add(new BrokenProduct(product.Name, e.Message));
            }
        }

        return (products, broken);
    }

    /// <summary>When each product file was last written and how long it is; equal texts mean that nothing has changed.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string Stamp(string folder) =>
        string.Join('\n', Folders(folder).Select(d => new FileInfo(Path.Combine(d.FullName, FileName)))
        .Select(f => f.Exists ? $"{f.FullName} {f.LastWriteTimeUtc.Ticks} {f.Length}" : f.FullName));

    /// <summary>Reads and checks the champion of a product; null when the product has none yet.</summary>
    /// <exception cref="ModelPackageException">The package is damaged or of another product or schema.</exception>
    public static ModelPackage? ReadChampion(string folder, LoanProduct product)
    {
        var champion = ChampionFolder(folder, product);
        return PackageFolder.Exists(champion) ? PackageFolder.Read(champion, product) : null;
    }

    /// <summary>Writes a package's files into a folder; an existing package there is replaced as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written, or something other than a package is there; what was there stays.</exception>
    public static void Write(string packageFolder, ModelPackage package) => PackageFolder.Write(packageFolder, package);

    internal static string Resolve(string? variable, string programFolder)
    {
        if (!string.IsNullOrWhiteSpace(variable))
        {
            return Path.GetFullPath(variable);
        }

        var beside = Path.Combine(programFolder, "products");
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "products");
            if (HoldsProducts(candidate))
            {
                return candidate;
            }
        }

        return beside;
    }

    internal static string ResolveForNew(string? variable, string programFolder)
    {
        var above = string.IsNullOrWhiteSpace(variable) ? Directory.GetParent(Path.TrimEndingDirectorySeparator(programFolder)) : null;
        for (var folder = above; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return Path.Combine(folder.FullName, "products");
            }
        }

        return Resolve(variable, programFolder);
    }

    private static IEnumerable<DirectoryInfo> Folders(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateDirectories().Where(d => !d.Name.StartsWith('.')).OrderBy(d => d.Name, StringComparer.Ordinal)
        : throw new DirectoryNotFoundException(
            $"There is no folder of products at {Path.GetFullPath(folder)}. Set {Variable} to the folder that holds PRODUCT/{FileName}.");

    private static bool HoldsProducts(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(d => File.Exists(Path.Combine(d, FileName)));

    private static LoanProduct Read(DirectoryInfo folder)
    {
        var shown = $"{folder.Parent!.Name}/{folder.Name}/{FileName}";
        var file = new FileInfo(Path.Combine(folder.FullName, FileName));
        if (!file.Exists)
        {
            throw new ProductFileException(
                shown, "$", "The file is missing. Each folder of products holds one; take the folder away if it is none.");
        }

        var product = ProductFile.Parse(ReadText(file, shown), shown);
        return product.Id == folder.Name
            ? product
            : throw new ProductFileException(
                shown, "$.id", $"The id is \"{product.Id}\" and the folder is called \"{folder.Name}\"; they must be the same.");
    }

    /// <summary>The text of a product file.</summary>
    /// <exception cref="ProductFileException">It is too long, or no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(FileInfo file, string shown)
    {
        if (file.Length > MostBytes)
        {
            throw new ProductFileException(
                shown, "$", $"The file has {CountedNoun.Of(file.Length, "byte")}; a product file has at most {MostBytes}.");
        }

        try
        {
            return File.ReadAllText(file.FullName, StrictUtf8);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ProductFileException(shown, "$", "The file is not UTF-8 text. Save it as UTF-8.", exception);
        }
    }
}
