using LoanRisk.Trees.Threading;

namespace LoanRisk.Trees.Scoring.Batch;

/// <summary>
/// Work on a block of rows and on the output places that belong to them. What it needs comes as an argument: a static lambda
/// allocates nothing.
/// </summary>
internal delegate void RowBlockWork<in T>(T needs, ReadOnlySpan<double> rows, Span<double> outputs);

/// <summary>Cuts rows and their outputs into blocks and works on them, on one thread or on several.</summary>
/// <param name="RowWidth">Values in a row.</param>
/// <param name="OutputWidth">Places a row has in the output.</param>
/// <param name="BlockRows">Rows in a block; few enough to stay in cache while every tree passes over them.</param>
internal readonly record struct RowBlocks(int RowWidth, int OutputWidth, int BlockRows)
{
    /// <summary>
    /// Works on all blocks; 0 threads means all of <see cref="WorkThreads.Current"/>. What a row gets does not depend on the number
    /// of threads. One thread allocates nothing.
    /// </summary>
    public void Run<T>(ReadOnlySpan<double> rows, Span<double> outputs, int threads, T needs, RowBlockWork<T> work)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (rows.Length % RowWidth != 0)
        {
            throw new ArgumentException($"has {rows.Length} values, which are not whole rows of {RowWidth}", nameof(rows));
        }

        var count = rows.Length / RowWidth;
        if (outputs.Length != (long)count * OutputWidth)
        {
            throw new ArgumentException($"has {outputs.Length} places, {(long)count * OutputWidth} are needed", nameof(outputs));
        }

        if (threads == 1 || count <= BlockRows)
        {
            RunHere(rows, outputs, needs, work);
        }
        else
        {
            RunOnThreads(rows, outputs, threads, needs, work);
        }
    }

    private void RunHere<T>(ReadOnlySpan<double> rows, Span<double> outputs, T needs, RowBlockWork<T> work)
    {
        var count = rows.Length / RowWidth;
        for (var block = 0; block < Blocks(count); block++)
        {
            var (first, size) = Block(block, count);
            work(needs, rows.Slice(first * RowWidth, size * RowWidth), outputs.Slice(first * OutputWidth, size * OutputWidth));
        }
    }

    // A span cannot be captured by a closure; the memory stays pinned until all threads are done.
    private unsafe void RunOnThreads<T>(ReadOnlySpan<double> rows, Span<double> outputs, int threads, T needs, RowBlockWork<T> work)
    {
        var cut = this;
        var count = rows.Length / RowWidth;
        fixed (double* pinnedRows = rows, pinnedOutputs = outputs)
        {
            var firstRow = pinnedRows;
            var firstOutput = pinnedOutputs;
            Parallel.For(0, Blocks(count), WorkThreads.Current.Options(threads), block =>
            {
                var (first, size) = cut.Block(block, count);
                work(
                    needs,
                    new ReadOnlySpan<double>(firstRow + ((long)first * cut.RowWidth), size * cut.RowWidth),
                    new Span<double>(firstOutput + ((long)first * cut.OutputWidth), size * cut.OutputWidth));
            });
        }
    }

    private int Blocks(int count) => (count + BlockRows - 1) / BlockRows;

    private (int First, int Size) Block(int block, int count) => (block * BlockRows, Math.Min(BlockRows, count - (block * BlockRows)));
}
