using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>The ids of the rows that have joined so far, one set an id column that the product names.</summary>
internal sealed class SeenIds(LoanProduct product)
{
    private readonly HashSet<string>[] _seen = [.. product.Ids.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    private readonly List<(int Id, string Text)> _ofFile = [];
    private int[] _places = [];

    /// <summary>The rows of a file come next, with these columns.</summary>
    public void Begin(IReadOnlyList<string> header)
    {
        _ofFile.Clear();
        _places = [.. product.Ids.Select(id => header.ToList().IndexOf(id.Column))];
    }

    /// <summary>The id of a row that an earlier row has too, the first in the product's order; null when all its ids are new.</summary>
    public IdColumn? Repeated(string[] fields)
    {
        for (var id = 0; id < _places.Length; id++)
        {
            if (Text(fields, id) is { } text && _seen[id].Contains(text))
            {
                return product.Ids[id];
            }
        }

        return null;
    }

    /// <summary>Remembers a row that joins.</summary>
    public void Add(string[] fields)
    {
        for (var id = 0; id < _places.Length; id++)
        {
            if (Text(fields, id) is { } text && _seen[id].Add(text))
            {
                _ofFile.Add((id, text));
            }
        }
    }

    /// <summary>The rows of the file that was begun last do not join after all.</summary>
    public void Forget()
    {
        _ofFile.ForEach(row => _seen[row.Id].Remove(row.Text));
        _ofFile.Clear();
    }

    private string? Text(string[] fields, int id) => _places[id] >= 0 && fields[_places[id]].Trim() is { Length: > 0 } text ? text : null;
}
