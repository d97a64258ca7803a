using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Caching;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;

namespace LoanRisk.Pipeline.Data;

/// <summary>
/// Finds rows among the ingested data by a product's lookup id. Each part file is read once, when a row is first sought in it; that takes a
/// second or two for 300,000 rows of 120 columns. Parts that join later, through whatever process, are seen at the next question. One
/// instance serves the products as they are while the program runs.
/// </summary>
/// <param name="store">The data sets.</param>
public sealed class StoredRows(DataSetStore store) : IDisposable
{
    // One part is read at a time: many who ask at once wait for the first and then share what it found.
    private readonly SingleFlight<string, PartIndex> _indexes = new(most: int.MaxValue);

    /// <summary>The product's data as they are now; null when it has none.</summary>
    /// <exception cref="StoreException">The data sets cannot be read.</exception>
    /// <exception cref="ArgumentException">The product names no lookup id.</exception>
    public VersionRows? Newest(LoanProduct product)
    {
        if (product.Lookup is null)
        {
            throw new ArgumentException($"{product.Id} names no id to find rows by.", nameof(product));
        }

        return store.Latest(product.Id) is { } version ? new VersionRows(this, product, version.Version, store.Parts(version)) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _indexes.Dispose();

    /// <summary>The last row with an id in a part; null when it holds none.</summary>
    internal (PartIndex Part, string[] Fields)? Find(string part, LoanProduct product, string id)
    {
        try
        {
            var index = _indexes.Get(part, path => PartIndex.Of(path, product));
            return index.Row(id) is { } fields ? (index, fields) : null;
        }
        catch (Exception e) when (e is CsvFileException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{part} cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>The rows of one data version.</summary>
public sealed class VersionRows
{
    private readonly StoredRows _rows;
    private readonly LoanProduct _product;
    private readonly IReadOnlyList<string> _parts;

    internal VersionRows(StoredRows rows, LoanProduct product, int version, IReadOnlyList<string> parts) =>
        (_rows, _product, Version, _parts) = (rows, product, version, parts);

    /// <summary>The version's number.</summary>
    public int Version { get; }

    /// <summary>
    /// The newest row with an id, checked as every application is: the last line of the part that joined last. Null when there is none.
    /// </summary>
    /// <param name="id">The id as the data spell it; spaces around it do not count.</param>
    /// <exception cref="StoreException">A part cannot be read.</exception>
    public ApplicationCheck? Find(string id)
    {
        foreach (var part in _parts.Reverse())
        {
            if (_rows.Find(part, _product, id.Trim()) is { } row)
            {
                return row.Part.Columns?.Check(row.Fields) ?? new ApplicationCheck(null, [.. row.Part.Missing.Select(Absent)]);
            }
        }

        return null;
    }

    private static FieldProblem Absent(Feature feature) =>
        new(
            feature.Name,
            FieldProblemKind.Required,
            $"{feature.Name} is required, and the file the row came from has no column {feature.Column}.");
}
