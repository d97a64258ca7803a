namespace LoanRisk.Lending.Evaluation;

/// <summary>Loans with a score each and what became of them, grouped by score once so that every measure is one pass.</summary>
/// <remarks>Loans with the same score form one group: no measure may depend on the order they happened to stand in.</remarks>
public sealed class ScoredLoans
{
    private readonly int[] _cellOfRow;

    /// <summary>Groups loans by score; the higher the score, the higher the risk.</summary>
    /// <param name="scores">One a loan: a probability, or for measures of rank alone any finite number.</param>
    /// <param name="bad">True where the loan turned bad.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a score is not finite.</exception>
    public ScoredLoans(ReadOnlySpan<double> scores, ReadOnlySpan<bool> bad)
    {
        if (scores.Length != bad.Length)
        {
            throw new ArgumentException($"{scores.Length} scores but {bad.Length} outcomes.", nameof(bad));
        }

        var order = Order(scores);
        _cellOfRow = new int[scores.Length];
        var groups = new List<double>();
        foreach (var row in order)
        {
            if (groups.Count == 0 || groups[^1] != scores[row])
            {
                groups.Add(scores[row]);
            }

            _cellOfRow[row] = (2 * (groups.Count - 1)) + (bad[row] ? 1 : 0);
        }

        Scores = [.. groups];
        Counts = new OutcomeCounts(Scores.Length);
        foreach (var cell in _cellOfRow)
        {
            Counts.Add(cell);
        }
    }

    /// <summary>The distinct scores, rising.</summary>
    public double[] Scores { get; }

    /// <summary>How many loans of each score turned good and bad.</summary>
    public OutcomeCounts Counts { get; }

    /// <summary>Number of loans.</summary>
    public int RowCount => _cellOfRow.Length;

    /// <summary>Where each loan counts in <see cref="OutcomeCounts"/>, in the order the loans were given.</summary>
    internal ReadOnlySpan<int> CellOfRow => _cellOfRow;

    private static int[] Order(ReadOnlySpan<double> scores)
    {
        var keys = scores.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!double.IsFinite(keys[i]))
            {
                throw new ArgumentException($"The score of loan {i} is {keys[i]}, not a finite number.", nameof(scores));
            }

            order[i] = i;
        }

        Array.Sort(keys, order);
        return order;
    }
}
