using System.Text;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>
/// Where each row of one part file stands, by the product's lookup id. A part never changes, so neither does its index: about 80 bytes an
/// id.
/// </summary>
internal sealed class PartIndex
{
    private readonly Dictionary<string, (long Start, int Length)> _places = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly char _separator;
    private readonly int _columnCount;

    private PartIndex(CsvSource source, LoanProduct product)
    {
        (_path, _separator, _columnCount) = (source.Path, source.Separator, source.Header.Count);
        Missing = [.. product.Features.Where(feature => !source.Header.Contains(feature.Column) && !source.Header.Contains(feature.Name))];
        Columns = Missing.Count == 0 ? new ApplicationColumns(source, product) : null;
        var id = source.Header.ToList().IndexOf(product.Lookup!.Column);
        if (id >= 0)
        {
            Add(id);
        }
    }

    /// <summary>Features that the part has no column for: its file joined before the product asked for them.</summary>
    public IReadOnlyList<Feature> Missing { get; }

    /// <summary>Where the product's fields stand; null when some are missing.</summary>
    public ApplicationColumns? Columns { get; }

    /// <summary>Reads a part once from end to end. One without the id, as that of reported outcomes, has no row to be found.</summary>
    /// <exception cref="CsvFileException">The part cannot be read.</exception>
    public static PartIndex Of(string path, LoanProduct product)
    {
        using var source = CsvSource.Open(path);
        return new PartIndex(source, product);
    }

    /// <summary>The fields of the last row with the id; null when there is none.</summary>
    /// <exception cref="IOException">The part cannot be read.</exception>
    public string[]? Row(string id)
    {
        if (!_places.TryGetValue(id, out var place))
        {
            return null;
        }

        var block = new CsvBlock(place.Length) { Length = place.Length };
        using var file = File.OpenRead(_path);
        file.Position = place.Start;
        file.ReadExactly(block.Bytes);
        var records = new CsvBlockRecords(_path, _separator, _columnCount);
        records.Start(block);
        records.Read();
        return records.Texts();
    }

    // Parts are written as UTF-8 without a mark, so that places in the blocks are places in the file.
    private void Add(int id)
    {
        using var blocks = CsvBlocks.Open(_path);
        var records = new CsvBlockRecords(_path, _separator, _columnCount);
        var start = 0L;
        while (blocks.Next() is { } block)
        {
            records.Start(block);
            while (records.Read())
            {
                if (Encoding.UTF8.GetString(records.Value(id)).Trim() is { Length: > 0 } text)
                {
                    _places[text] = (start + records.Place.Start, records.Place.Length);
                }
            }

            start += block.Length;
            blocks.Return(block);
        }
    }
}
