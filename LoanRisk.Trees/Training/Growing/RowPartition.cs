using System.Runtime.CompilerServices;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>
/// The rows of a tree's leaves, one run of one array a leaf; rows stay in ascending order within a leaf. A long run is cut in
/// chunks: first each chunk's rows are split by side, then each side's rows are moved behind those of the chunks before it, so
/// that the order is the same for any number of threads.
/// </summary>
/// <param name="scratch">Room for two numbers a row, which nobody else uses while rows are parted.</param>
internal sealed class RowPartition(BinColumns columns, WorkerTeam team, int[] scratch)
{
    /// <summary>Rows of a long run that a thread takes at once.</summary>
    public const int ChunkRows = 8192;

    private readonly int[] _rows = new int[columns.RowCount];
    private readonly Chunk[] _chunks = new Chunk[(columns.RowCount / ChunkRows) + 1];

    /// <summary>Starts a tree with these rows in its root; null is every row.</summary>
    public RowRun Reset(int[]? bag)
    {
        if (bag is not null)
        {
            bag.CopyTo(_rows, 0);
            return new RowRun(0, bag.Length);
        }

        for (var row = 0; row < _rows.Length; row++)
        {
            _rows[row] = row;
        }

        return new RowRun(0, _rows.Length);
    }

    public ReadOnlySpan<int> Rows(RowRun run) => _rows.AsSpan(run.Start, run.Count);

    /// <summary>Cuts a run in two by the bin of a feature.</summary>
    /// <param name="run">The rows of the leaf that is split.</param>
    /// <param name="feature">The split feature.</param>
    /// <param name="goesLeft">Whether a bin goes left, 256 entries.</param>
    public (RowRun Left, RowRun Right) Split(RowRun run, int feature, bool[] goesLeft)
    {
        var codes = columns.Place(feature).Codes;
        byte[] codeGoesLeft = [.. Enumerable.Range(0, ColumnPlan.MostCodes)
            .Select(code => goesLeft[codes.BinOf((byte)code)] ? (byte)1 : (byte)0)];
        var count = (run.Count + ChunkRows - 1) / ChunkRows;
        team.Run(count, chunk => _chunks[chunk].Left = Part(run, chunk, feature, codeGoesLeft));
        var left = 0;
        var right = 0;
        for (var i = 0; i < count; i++)
        {
            _chunks[i].LeftBefore = left;
            _chunks[i].RightBefore = right;
            left += _chunks[i].Left;
            right += LengthOf(run, i) - _chunks[i].Left;
        }

        team.Run(count, chunk => Move(run, chunk, left));
        return (new RowRun(run.Start, left), new RowRun(run.Start + left, right));
    }

    private static int LengthOf(RowRun run, int chunk) => Math.Min(ChunkRows, run.Count - (chunk * ChunkRows));

    private int Part(RowRun run, int chunk, int feature, byte[] codeGoesLeft)
    {
        var first = chunk * ChunkRows;
        var length = LengthOf(run, chunk);
        ReadOnlySpan<int> own = _rows.AsSpan(run.Start + first, length);
        var room = scratch.AsSpan(2 * first, 2 * length);
        return Part(own, columns.From(feature, 0), codeGoesLeft, room[..length], room[length..]);
    }

    // Both sides are written for every row and only one moves on: which one cannot be predicted, and costs more to guess than to write.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int Part(
        ReadOnlySpan<int> own, ReadOnlySpan<byte> column, ReadOnlySpan<byte> goesLeft, Span<int> leftRoom, Span<int> rightRoom)
    {
        fixed (int* from = own, toLeft = leftRoom, toRight = rightRoom)
        fixed (byte* bin = column, goes = goesLeft)
        {
            var left = toLeft;
            var right = toRight;
            var end = from + own.Length;
            for (var at = from; at < end; at++)
            {
                var row = *at;
                *left = row;
                *right = row;
                nint side = goes[bin[(nint)row * BinColumns.Lanes]];
                left += side;
                right += 1 - side;
            }

            return (int)(left - toLeft);
        }
    }

    private void Move(RowRun run, int chunk, int allLeft)
    {
        var own = _chunks[chunk];
        var first = chunk * ChunkRows;
        var length = LengthOf(run, chunk);
        scratch.AsSpan(2 * first, own.Left).CopyTo(_rows.AsSpan(run.Start + own.LeftBefore));
        scratch.AsSpan((2 * first) + length, length - own.Left).CopyTo(_rows.AsSpan(run.Start + allLeft + own.RightBefore));
    }

    private struct Chunk
    {
        public int Left;
        public int LeftBefore;
        public int RightBefore;
    }
}

/// <summary>Where a leaf's rows lie.</summary>
internal readonly record struct RowRun(int Start, int Count)
{
    /// <summary>The run in pieces of at most <paramref name="rows"/> rows.</summary>
    public IEnumerable<RowRun> Cut(int rows)
    {
        for (var first = 0; first < Count; first += rows)
        {
            yield return new RowRun(Start + first, Math.Min(rows, Count - first));
        }
    }
}
