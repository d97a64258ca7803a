namespace LoanRisk.Trees.Threading;

/// <summary>Rows in chunks of a fixed size, for work whose rows do not depend on each other.</summary>
internal static class RowChunks
{
    private const int Size = 16384;

    /// <summary>Chunks of so many rows.</summary>
    public static int Count(int rows) => (rows + Size - 1) / Size;

    /// <summary>The chunk, from 0, that a row is in.</summary>
    public static int Of(int row) => row / Size;

    /// <summary>Calls <paramref name="work"/> with the first row and the row after the last of every chunk.</summary>
    public static void ForEach(int rows, ParallelOptions threads, Action<int, int> work)
    {
        var chunks = Count(rows);
        if (chunks == 1)
        {
            work(0, rows);
            return;
        }

        Parallel.For(0, chunks, threads, chunk => work(chunk * Size, Math.Min(rows, (chunk + 1) * Size)));
    }
}
