namespace LoanRisk.Trees.Training.Growing;

/// <summary>The rows of a tree's leaves, one run of one array a leaf; rows stay in ascending order within a leaf.</summary>
internal sealed class RowPartition(int capacity)
{
    private readonly int[] rows = new int[capacity];
    private readonly int[] moved = new int[capacity];

    /// <summary>Starts a tree with these rows in its root.</summary>
    public RowRun Reset(int[] bag)
    {
        bag.CopyTo(rows, 0);
        return new RowRun(0, bag.Length);
    }

    public ReadOnlySpan<int> Rows(RowRun run) => rows.AsSpan(run.Start, run.Count);

    /// <summary>Cuts a run in two by the bin of a column.</summary>
    /// <param name="run">The rows of the leaf that is split.</param>
    /// <param name="column">The split feature's bins.</param>
    /// <param name="goesLeft">Whether a bin goes left, 256 entries.</param>
    public (RowRun Left, RowRun Right) Split(RowRun run, byte[] column, bool[] goesLeft)
    {
        Span<int> own = rows.AsSpan(run.Start, run.Count);
        int left = 0;
        int right = 0;
        foreach (int row in own)
        {
            if (goesLeft[column[row]])
            {
                own[left++] = row;
            }
            else
            {
                moved[right++] = row;
            }
        }

        moved.AsSpan(0, right).CopyTo(own[left..]);
        return (new RowRun(run.Start, left), new RowRun(run.Start + left, right));
    }
}

/// <summary>Where a leaf's rows lie.</summary>
internal readonly record struct RowRun(int Start, int Count);
