using LoanRisk.Lending;
using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Ingest;

/// <summary>How many rows of one file have an id that was there already.</summary>
internal sealed class RepeatedLoans(LoanProduct product)
{
    private readonly Dictionary<IdColumn, long> _rows = [];

    /// <summary>What is said of them, one sentence an id.</summary>
    public IReadOnlyList<string> Notes => [.. _rows.Select(r => Said(r.Key, r.Value))];

    /// <summary>Counts a row; answers what the product says of it.</summary>
    public IdRepeat Add(IdColumn id)
    {
        _rows[id] = _rows.GetValueOrDefault(id) + 1;
        return id.Repeats;
    }

    private string Said(IdColumn id, long rows)
    {
        var start = $"{CountedNoun.Of(rows, "row has", "rows have")} a {id.Column} that was there already";
        return id.Repeats switch
        {
            IdRepeat.Update => $"{start}: updates, so training reads the newest row of each.",
            IdRepeat.Duplicate => $"{start}: duplicates, so they were left out.",
            _ => $"{start}; they joined as further rows of the same {product.Subject.One}, and training keeps those in one part. "
                + "\"repeats\" in the product file can make them updates or duplicates.",
        };
    }
}
