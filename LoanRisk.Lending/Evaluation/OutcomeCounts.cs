namespace LoanRisk.Lending.Evaluation;

/// <summary>Good and bad loans of each distinct score, in rising order of score.</summary>
public sealed class OutcomeCounts
{
    // Good of group g at 2g, bad at 2g + 1: one array, so that a resample touches one cache line a loan.
    private readonly int[] _cells;

    internal OutcomeCounts(int groups) => _cells = new int[2 * groups];

    /// <summary>Distinct scores.</summary>
    public int GroupCount => _cells.Length / 2;

    /// <summary>All good loans.</summary>
    public long GoodTotal { get; private set; }

    /// <summary>All bad loans.</summary>
    public long BadTotal { get; private set; }

    /// <summary>Good loans of a group.</summary>
    public int Good(int group) => _cells[2 * group];

    /// <summary>Bad loans of a group.</summary>
    public int Bad(int group) => _cells[(2 * group) + 1];

    internal void Add(int cell)
    {
        _cells[cell]++;
        if ((cell & 1) == 0)
        {
            GoodTotal++;
        }
        else
        {
            BadTotal++;
        }
    }

    internal void Clear()
    {
        Array.Clear(_cells);
        (GoodTotal, BadTotal) = (0, 0);
    }

    /// <exception cref="InvalidOperationException">One of the two outcomes is missing: there is nothing to tell apart.</exception>
    internal void RequireBoth()
    {
        if (GoodTotal == 0 || BadTotal == 0)
        {
            throw new InvalidOperationException($"Good and bad loans are both needed; there are {GoodTotal} good and {BadTotal} bad ones.");
        }
    }
}
