namespace LoanRisk.Pipeline.Data;

/// <summary>
/// Rows split so that every part has its share of bad loans, without chance: the rows of each class in file order are dealt in turn.
/// </summary>
public static class Folds
{
    /// <summary>The fold of each row: the good rows 0, 1 ... <paramref name="count"/> - 1, 0, 1 ..., and the bad ones likewise.</summary>
    public static int[] Assign(ReadOnlySpan<bool> bad, int count)
    {
        var folds = new int[bad.Length];
        Span<int> next = [0, 0];
        for (var i = 0; i < bad.Length; i++)
        {
            ref var turn = ref next[bad[i] ? 1 : 0];
            folds[i] = turn;
            turn = (turn + 1) % count;
        }

        return folds;
    }

    /// <summary>The rows of which a test on the fold holds, in file order.</summary>
    public static int[] Rows(int[] folds, Func<int, bool> include) => [.. Enumerable.Range(0, folds.Length).Where(i => include(folds[i]))];
}
