using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>
/// How many rows of a file hold a level that the product does not list, by feature. A new level now and then is scored and flagged; a
/// column of almost nothing else is spelled in another way, and every decision from it would be wrong.
/// </summary>
public sealed class UnseenLevels(LoanProduct product)
{
    // In a handful of rows chance may do this.
    private const int FewestRows = 20;

    private const double MostShare = 0.9;

    private const int MostShown = 4;

    private readonly long[] _rows = new long[product.Features.Count];
    private readonly List<string>[] _texts = [.. product.Features.Select(_ => new List<string>())];

    /// <summary>Looks at a row.</summary>
    public void Add(LoanApplication application)
    {
        // What is not listed has a warning.
        for (var f = 0; f < _rows.Length && application.Warnings.Count > 0; f++)
        {
            if (product.Features[f].HasLevels && application.Values[f] is { } text && product.Features[f].CodeOf(text) < 0)
            {
                Add(f, 1, [text]);
            }
        }
    }

    /// <summary>Adds what was found in other rows.</summary>
    public void Add(UnseenLevels others)
    {
        for (var f = 0; f < _rows.Length; f++)
        {
            Add(f, others._rows[f], others._texts[f]);
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Array.Clear(_rows);
        Array.ForEach(_texts, texts => texts.Clear());
    }

    /// <summary>Refuses a file of which a column is nearly all unseen.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows that were looked at.</param>
    /// <exception cref="CsvFileException">It is such a file; the message has both spellings.</exception>
    public void RequireMostKnown(string path, long rows)
    {
        for (var f = 0; f < _rows.Length && rows >= FewestRows; f++)
        {
            if (_rows[f] > MostShare * rows)
            {
                throw new CsvFileException(
                    path,
                    null,
                    $"{product.Features[f].Column} holds no level that {product.Name} knows in {_rows[f]:N0} of "
                    + $"{CountedNoun.Of(rows, "row")}. The file has {Shown(_texts[f])}; "
                    + $"{product.Name} knows {Shown(product.Features[f].Levels.Select(l => l.Value))}.");
            }
        }
    }

    private void Add(int feature, long rows, IEnumerable<string> texts)
    {
        _rows[feature] += rows;
        _texts[feature].AddRange(texts.Except(_texts[feature], StringComparer.Ordinal).Take(MostShown + 1 - _texts[feature].Count));
    }

    private static string Shown(IEnumerable<string> texts)
    {
        var all = texts.Take(MostShown + 1).ToList();
        return string.Join(", ", all.Take(MostShown).Select(t => $"\"{t}\"")) + (all.Count > MostShown ? ", ..." : "");
    }
}
