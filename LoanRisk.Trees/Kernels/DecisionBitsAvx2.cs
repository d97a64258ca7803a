using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Kernels;

/// <summary>
/// Scores one row: decides all nodes of a block of a tree at once, one bit a node, 1 for right, and finds the way out whose
/// path asks for just these bits, comparing all 32 at once. A tree of 32 leaves is one block; larger trees go on from block
/// to block.
/// A row becomes up to 64 ranks, which two or four shuffles bring to the nodes that compare them. A block:
/// <code>
///  columns     32 bytes   the rank each node compares
///  thresholds  32 bytes   for categorical nodes and places without a node: never above
///  shifts      32 bytes   1 where missing values go right
///  paths       32 x 4     the nodes on the way to each exit, one bit a node
///  sides       32 x 4     those of them where the way goes right; no such path exists where there is no exit
/// </code>
/// Bits of categorical nodes come from <see cref="CategorySides"/>. Same bits as the reference: exactly one exit fits, and the
/// leaf values are added one after the other, in file order.
/// </summary>
internal sealed unsafe class DecisionBitsAvx2 : IRowKernel
{
    private const int Exits = DecisionBlocks.MostExits;
    private const int MostColumns = 64;
    private const int BlockBytes = (3 * 32) + (2 * Exits * 4);
    private const int Alignment = 64;
    private const int Chunk = 512;
    private readonly RankSearchAvx2 search;
    private readonly CategorySides categories;
    private readonly byte[] blocks;
    private readonly int firstByte;
    private readonly int[] firstBlocks;
    private readonly double[] values;
    private readonly int[] next;
    private readonly bool isNarrow;
    private readonly bool isOneBlockATree;

    private DecisionBitsAvx2(RankedForest forest, DecisionBlocks cut, CategorySides categories)
    {
        this.categories = categories;
        search = new(forest.Numbers);
        isNarrow = forest.Numbers.Length <= 32;
        isOneBlockATree = cut.MostBlocks == 1;
        (firstBlocks, values, next) = (cut.FirstBlocks, cut.Values, cut.Next);
        blocks = GC.AllocateArray<byte>((cut.Nodes.Length * BlockBytes) + Alignment, pinned: true);
        fixed (byte* start = blocks)
        {
            firstByte = (int)(Alignment - ((nuint)start & (Alignment - 1)));
            for (var block = 0; block < cut.Nodes.Length; block++)
            {
                Write(start + firstByte + (block * BlockBytes), cut.Nodes[block]);
            }
        }
    }

    /// <summary>Lays a forest out; null when it has too many columns or categories, or a tree of thousands of leaves.</summary>
    public static DecisionBitsAvx2? Of(RankedForest forest)
    {
        if (forest.Numbers.Length > MostColumns)
        {
            return null;
        }

        var cut = DecisionBlocks.Of(forest);
        return cut.MostBlocks <= Chunk && cut.Nodes.Length < Array.MaxLength / BlockBytes && CategorySides.Of(forest, cut.Nodes) is { } sides
            ? new(forest, cut, sides)
            : null;
    }

    [SkipLocalsInit]
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        var ranks = stackalloc byte[MostColumns];
        var sides = stackalloc uint[Chunk];
        var codes = stackalloc int[categories.ColumnCount + 1];
        fixed (double* first = row)
        {
            search.RankRow(first, ranks);
            categories.Code(first, codes);
        }

        for (var first = range.First; first < range.End;)
        {
            var end = End(first, range.End);
            categories.Gather(codes, firstBlocks[first], firstBlocks[end], sides);
            if (isOneBlockATree && isNarrow && sums.Length == 1)
            {
                sums[0] = AddSmall(sums[0], ranks, sides, first, end);
            }
            else
            {
                AddAny(sums, ranks, sides, first, end);
            }

            first = end;
        }
    }

    // As many trees as have their blocks within a chunk.
    private int End(int first, int last)
    {
        var end = Math.Min(first + Chunk, last);
        while (firstBlocks[end] - firstBlocks[first] > Chunk)
        {
            end = first + Math.Max(1, (end - first) / 2);
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AddSmall(double sum, byte* ranks, uint* sides, int first, int end)
    {
        fixed (byte* start = blocks)
        fixed (double* all = values)
        {
            var lower = Avx2.BroadcastVector128ToVector256(ranks);
            var upper = Avx2.BroadcastVector128ToVector256(ranks + 16);
            var block = start + firstByte + ((nint)first * BlockBytes);
            var leaves = all + ((nint)first * Exits);
            for (var tree = first; tree < end; tree++, block += BlockBytes, leaves += Exits)
            {
                sum += leaves[Exit(block, Decide(block, Look(lower, upper, Avx.LoadVector256(block))) | *sides++)];
            }
        }

        return sum;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddAny(Span<double> sums, byte* ranks, uint* sides, int first, int end)
    {
        int* open = stackalloc int[Chunk], at = stackalloc int[Chunk], exits = stackalloc int[Chunk];
        fixed (byte* start = blocks)
        fixed (double* all = values)
        fixed (int* onward = next)
        {
            Vector256<byte> a = Avx2.BroadcastVector128ToVector256(ranks), b = Avx2.BroadcastVector128ToVector256(ranks + 16);
            Vector256<byte> c = Avx2.BroadcastVector128ToVector256(ranks + 32), d = Avx2.BroadcastVector128ToVector256(ranks + 48);
            sides -= firstBlocks[first];
            var count = end - first;
            for (var i = 0; i < count; i++)
            {
                (open[i], at[i]) = (i, firstBlocks[first + i]);
            }

            // One block of every open tree in turn; no branch asks whether a tree is done.
            while (count > 0)
            {
                var left = 0;
                for (var i = 0; i < count; i++)
                {
                    nint number = at[i];
                    var block = start + firstByte + (number * BlockBytes);
                    var exit = (number * Exits) + Exit(block, Decide(block, Look(a, b, c, d, Avx.LoadVector256(block))) | sides[number]);
                    var tree = open[i];
                    exits[tree] = (int)exit;
                    (open[left], at[left]) = (tree, onward[exit]);
                    left += Unsafe.BitCast<bool, byte>(onward[exit] != 0);
                }

                count = left;
            }

            var output = first % sums.Length;
            for (var tree = first; tree < end; tree++)
            {
                sums[output] += all[exits[tree - first]];
                output = output + 1 == sums.Length ? 0 : output + 1;
            }
        }
    }

    // Bit 4 of a column, moved to the top of its byte, chooses the table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(Vector256<byte> lower, Vector256<byte> upper, Vector256<byte> columns) =>
        Avx2.BlendVariable(Avx2.Shuffle(lower, columns), Avx2.Shuffle(upper, columns), Avx2.ShiftLeftLogical(columns.AsUInt16(), 3).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Look(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c, Vector256<byte> d, Vector256<byte> columns) =>
        Avx2.BlendVariable(Look(a, b, columns), Look(c, d, columns), Avx2.ShiftLeftLogical(columns.AsUInt16(), 2).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Decide(byte* block, Vector256<byte> ranks)
    {
        var shifted = Avx2.Subtract(ranks, Avx.LoadVector256(block + 64)).AsSByte();
        return (uint)Avx2.MoveMask(Avx2.CompareGreaterThan(shifted, Avx.LoadVector256((sbyte*)block + 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Exit(byte* block, uint bits)
    {
        var all = Vector256.Create((int)bits);
        int* paths = (int*)(block + 96), sides = (int*)(block + 224);
        var low = Avx2.PackSignedSaturate(Fits(all, paths, sides), Fits(all, paths + 8, sides + 8));
        var high = Avx2.PackSignedSaturate(Fits(all, paths + 16, sides + 16), Fits(all, paths + 24, sides + 24));
        return BitOperations.TrailingZeroCount(Avx2.MoveMask(Avx2.PackSignedSaturate(low, high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Fits(Vector256<int> bits, int* paths, int* sides) =>
        Avx2.CompareEqual(Avx2.And(bits, Avx.LoadVector256(paths)), Avx.LoadVector256(sides));

    private static void Write(byte* place, RankedNode[] nodes)
    {
        var columns = new Span<byte>(place, 32);
        var thresholds = new Span<sbyte>(place + 32, 32);
        var paths = new Span<uint>(place + 96, 32);
        var sides = new Span<uint>(place + 224, 32);
        thresholds.Fill(sbyte.MaxValue);
        sides.Fill(1);
        for (var node = 0; node < nodes.Length; node++)
        {
            if (nodes[node].Set < 0)
            {
                columns[node] = (byte)nodes[node].Column;
                thresholds[node] = (sbyte)(nodes[node].Threshold ^ 0x80);
                place[64 + node] = nodes[node].Shift;
            }
        }

        if (nodes.Length == 0)
        {
            sides[Position(0)] = 0;
            return;
        }

        var open = new Stack<(int Node, uint Path, uint Side)>();
        open.Push((0, 0, 0));
        while (open.TryPop(out var way))
        {
            if (way.Node < 0)
            {
                (paths[Position(~way.Node)], sides[Position(~way.Node)]) = (way.Path, way.Side);
                continue;
            }

            var bit = 1u << way.Node;
            open.Push((nodes[way.Node].Left, way.Path | bit, way.Side));
            open.Push((nodes[way.Node].Right, way.Path | bit, way.Side | bit));
        }
    }

    // Packing takes 4 of each vector in turn, half by half; exits lie so that they come out in order.
    private static int Position(int exit) => ((exit & 12) << 1) | ((exit & 16) >> 2) | (exit & 3);
}
