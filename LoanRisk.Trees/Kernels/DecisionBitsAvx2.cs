using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Kernels;

/// <summary>
/// Scores one row over trees of at most 32 leaves: decides all nodes of a tree at once, one bit a node, 1 for right, and
/// finds the leaf whose path asks for just these bits, comparing all leaves at once.
/// A row becomes up to 64 ranks, which two or four shuffles bring to the nodes that compare them. A tree:
/// <code>
///  columns     32 bytes   the rank each node compares
///  thresholds  32 bytes   for categorical nodes and places without a node: never above
///  shifts      32 bytes   1 where missing values go right
///  paths       32 x 4     the nodes on the way to each leaf, one bit a node
///  sides       32 x 4     those of them where the way goes right; no such path exists where there is no leaf
/// </code>
/// Bits of categorical nodes come from <see cref="CategorySides"/>. Same bits as the reference: exactly one leaf fits, and the
/// leaf values are added one after the other, in file order.
/// </summary>
internal sealed unsafe class DecisionBitsAvx2 : IRowKernel
{
    /// <summary>Leaves a tree may have.</summary>
    public const int MostLeaves = 32;

    /// <summary>Number columns a model may have.</summary>
    public const int MostColumns = 64;

    private const int TreeBytes = (3 * 32) + (2 * 32 * 4);
    private const int Alignment = 64;
    private const int Chunk = 512;
    private readonly RankSearchAvx2 search;
    private readonly CategorySides categories;
    private readonly byte[] trees;
    private readonly int firstByte;
    private readonly double[] leafValues;
    private readonly bool isNarrow;

    private DecisionBitsAvx2(RankedForest forest, CategorySides categories)
    {
        this.categories = categories;
        search = new(forest.Numbers);
        isNarrow = forest.Numbers.Length <= 32;
        trees = GC.AllocateArray<byte>((forest.Trees.Length * TreeBytes) + Alignment, pinned: true);
        fixed (byte* start = trees)
        {
            firstByte = (int)(Alignment - ((nuint)start & (Alignment - 1)));
            for (var tree = 0; tree < forest.Trees.Length; tree++)
            {
                Write(start + firstByte + (tree * TreeBytes), forest.Trees[tree]);
            }
        }

        leafValues = new double[forest.Trees.Length * MostLeaves];
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            forest.LeafValues[tree].CopyTo(leafValues, tree * MostLeaves);
        }
    }

    /// <summary>Lays a forest out; null when it has larger trees, too many columns or too many categories.</summary>
    public static DecisionBitsAvx2? Of(RankedForest forest) =>
        forest.MostLeaves <= MostLeaves && forest.Numbers.Length <= MostColumns && forest.Trees.Length < Array.MaxLength / TreeBytes && CategorySides.Of(forest) is { } sides
            ? new(forest, sides)
            : null;

    [SkipLocalsInit]
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        var ranks = stackalloc byte[MostColumns];
        var sides = stackalloc uint[Chunk];
        var codes = stackalloc int[categories.ColumnCount + 1];
        fixed (double* values = row)
        {
            search.RankRow(values, ranks);
            categories.Code(values, codes);
        }

        for (var first = range.First; first < range.End; first += Chunk)
        {
            var end = Math.Min(first + Chunk, range.End);
            categories.Gather(codes, first, end, sides);
            if (sums.Length == 1)
            {
                sums[0] = isNarrow ? AddNarrow(sums[0], ranks, sides, first, end) : AddWide(sums[0], ranks, sides, first, end);
            }
            else
            {
                AddClasses(sums, ranks, sides, first, end);
            }
        }
    }

    private double AddNarrow(double sum, byte* ranks, uint* sides, int first, int end)
    {
        fixed (byte* start = trees)
        fixed (double* values = leafValues)
        {
            var lower = Avx2.BroadcastVector128ToVector256(ranks);
            var upper = Avx2.BroadcastVector128ToVector256(ranks + 16);
            var tree = start + firstByte + ((nint)first * TreeBytes);
            var leaves = values + ((nint)first * MostLeaves);
            for (var i = first; i < end; i++, tree += TreeBytes, leaves += MostLeaves)
            {
                sum += leaves[Leaf(tree, Decide(tree, Look(lower, upper, Avx.LoadVector256(tree))) | *sides++)];
            }
        }

        return sum;
    }

    private double AddWide(double sum, byte* ranks, uint* sides, int first, int end)
    {
        fixed (byte* start = trees)
        fixed (double* values = leafValues)
        {
            Vector256<byte> a = Avx2.BroadcastVector128ToVector256(ranks), b = Avx2.BroadcastVector128ToVector256(ranks + 16);
            Vector256<byte> c = Avx2.BroadcastVector128ToVector256(ranks + 32), d = Avx2.BroadcastVector128ToVector256(ranks + 48);
            var tree = start + firstByte + ((nint)first * TreeBytes);
            var leaves = values + ((nint)first * MostLeaves);
            for (var i = first; i < end; i++, tree += TreeBytes, leaves += MostLeaves)
            {
                sum += leaves[Leaf(tree, Decide(tree, Look(a, b, c, d, Avx.LoadVector256(tree))) | *sides++)];
            }
        }

        return sum;
    }

    private void AddClasses(Span<double> sums, byte* ranks, uint* sides, int first, int end)
    {
        for (var tree = first; tree < end; tree++)
        {
            ref var sum = ref sums[tree % sums.Length];
            sum = AddWide(sum, ranks, sides++, tree, tree + 1);
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
    private static uint Decide(byte* tree, Vector256<byte> ranks)
    {
        var shifted = Avx2.Subtract(ranks, Avx.LoadVector256(tree + 64)).AsSByte();
        return (uint)Avx2.MoveMask(Avx2.CompareGreaterThan(shifted, Avx.LoadVector256((sbyte*)tree + 32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Leaf(byte* tree, uint bits)
    {
        var all = Vector256.Create((int)bits);
        int* paths = (int*)(tree + 96), sides = (int*)(tree + 224);
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

    // Packing takes 4 of each vector in turn, half by half; leaves lie so that they come out in order.
    private static int Position(int leaf) => ((leaf & 12) << 1) | ((leaf & 16) >> 2) | (leaf & 3);
}
