namespace LoanRisk.Pipeline.Data;

/// <summary>
/// Rows that belong together, because they have one id or equal features: a model that has learnt from one of them has seen the others.
/// They stand for each other by the first of them in the data. Where the features are so coarse that their different rows would not reach
/// every part, equal ones are no copies and stand alone.
/// </summary>
public sealed class RowGroups
{
    private readonly int[] _first;

    private RowGroups(int[] first) => _first = first;

    /// <summary>Finds them.</summary>
    /// <param name="columns">One array a feature.</param>
    /// <param name="ids">One array an id column, null where a row has none; empty when the data has no ids.</param>
    /// <param name="bad">The outcome of each row.</param>
    /// <param name="fewest">Groups of each outcome that the work needs.</param>
    public static RowGroups Of(IReadOnlyList<double[]> columns, IReadOnlyList<string?[]> ids, bool[] bad, int fewest)
    {
        var rows = bad.Length;
        var groups = OfFeatures(columns, rows);
        if (!groups.Reach(bad, fewest))
        {
            groups = Alone(rows);
        }

        foreach (var column in ids)
        {
            var known = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var row = 0; row < rows; row++)
            {
                if (column[row] is { } id)
                {
                    groups.Join(row, known, id);
                }
            }
        }

        for (var row = 0; row < rows; row++)
        {
            groups._first[row] = groups.First(row);
        }

        return groups;
    }

    /// <summary>The first row of those that a row belongs with; the row itself when it stands alone.</summary>
    public int this[int row] => _first[row];

    /// <summary>Rows that belong with an earlier one.</summary>
    public int Followers => _first.Where((first, row) => first != row).Count();

    /// <summary>The most rows that belong together.</summary>
    public int Largest => _first.CountBy(first => first).Select(group => group.Value).DefaultIfEmpty(0).Max();

    private static RowGroups Alone(int rows) => new([.. Enumerable.Range(0, rows)]);

    private static RowGroups OfFeatures(IReadOnlyList<double[]> columns, int rows)
    {
        var groups = Alone(rows);
        var hashes = new Dictionary<ulong, int>(rows);
        for (var row = 0; row < rows; row++)
        {
            groups.Join(row, hashes, RowHash.Of(columns, row));
        }

        return groups;
    }

    private bool Reach(bool[] bad, int fewest)
    {
        var first = Enumerable.Range(0, bad.Length).Where(row => _first[row] == row).ToList();
        return first.Count(row => bad[row]) >= fewest && first.Count(row => !bad[row]) >= fewest;
    }

    private void Join<T>(int row, Dictionary<T, int> known, T key)
        where T : notnull
    {
        if (known.TryAdd(key, row))
        {
            return;
        }

        var (one, other) = (First(known[key]), First(row));
        _first[Math.Max(one, other)] = Math.Min(one, other);
    }

    // The way to the first row is shortened as it is gone.
    private int First(int row)
    {
        while (_first[row] != row)
        {
            _first[row] = _first[_first[row]];
            row = _first[row];
        }

        return row;
    }
}
