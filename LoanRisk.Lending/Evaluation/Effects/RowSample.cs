namespace LoanRisk.Lending.Evaluation.Effects;

/// <summary>Rows drawn without putting any back, in the order they stand.</summary>
public static class RowSample
{
    /// <summary>All rows where they are no more than that, else as many of them; in order.</summary>
    public static int[] Of(int rows, int most, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (rows <= most)
        {
            return [.. Enumerable.Range(0, rows)];
        }

        // Selection sampling (Knuth, algorithm S): each row is taken with the chance that the rest still needs it.
        var random = new SeededRandom(seed);
        var taken = new int[most];
        var count = 0;
        for (var row = 0; count < most; row++)
        {
            if (random.NextDouble() * (rows - row) < most - count)
            {
                taken[count++] = row;
            }
        }

        return taken;
    }
}
