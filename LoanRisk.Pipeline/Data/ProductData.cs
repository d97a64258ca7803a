using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>The rows that a training run or a report works on: a file, or a version of the product's ingested data.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Version">The version; null for a file.</param>
/// <param name="Paths">The files they stand in, in the order of the rows.</param>
public sealed record ProductData(DataSet Data, DataVersion? Version, IReadOnlyList<string> Paths)
{
    /// <summary>Reads the file, or else the version that is asked for, or else the newest.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="product">The product.</param>
    /// <param name="choice">Which rows.</param>
    /// <param name="progress">Told the share that is read.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="NoIngestedDataException">Nothing was ingested for the product.</exception>
    /// <exception cref="InvalidInputException">The product has no such version, or most rows cannot be used.</exception>
    /// <exception cref="CsvFileException">A file cannot be used.</exception>
    public static ProductData Read(
        DataFolder folder,
        LoanProduct product,
        DataChoice choice,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (choice.File is { } file)
        {
            return new ProductData(MostlyUsable(DataSetReader.Read(file, product, progress, cancellationToken)), null, [file]);
        }

        var store = DataSetStore.Open(folder);
        var chosen = Choose(store, product, choice.Version);
        var files = FilesOf(store, product, chosen);
        return new ProductData(MostlyUsable(DataSetReader.Read(files, product, progress, cancellationToken)), chosen, files.Paths);
    }

    /// <summary>The files of the newest version.</summary>
    /// <exception cref="NoIngestedDataException">Nothing was ingested for the product.</exception>
    public static VersionFiles Newest(DataFolder folder, LoanProduct product)
    {
        var store = DataSetStore.Open(folder);
        return FilesOf(store, product, Choose(store, product, number: null));
    }

    private static VersionFiles FilesOf(DataSetStore store, LoanProduct product, DataVersion version) =>
        new(store.Parts(version), $"{product.Id} data version {version.Version}", version.Id);

    private static DataSet MostlyUsable(DataSet data) => !UsableRows.IsMost(data.ProblemCount, data.RowsRead)
        ? data
        : throw new InvalidInputException(
            $"{data.FileName}: {data.ProblemCount:N0} of {CountedNoun.Of(data.RowsRead, "row")} cannot be used; "
            + "is it the right file? "
            + $"{string.Join(" ", data.Problems.Take(UsableRows.CausesTold).Select(p => UsableRows.Told(p.Line, p.Cause)))}");

    private static DataVersion Choose(DataSetStore store, LoanProduct product, int? number)
    {
        var versions = store.Versions(product.Id);
        if (versions.Count == 0)
        {
            throw new NoIngestedDataException(product);
        }

        return number is null ? versions[^1] : versions.FirstOrDefault(v => v.Version == number)
            ?? throw new InvalidInputException($"{product.Name} has no data version {number}; the newest is {versions[^1].Version}.");
    }
}
