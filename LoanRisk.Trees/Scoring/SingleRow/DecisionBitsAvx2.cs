using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Scores one row over trees of at most 32 leaves: decides all nodes of a tree at once and joins the masks of leaves that
/// those rule out which send the row right; see <see cref="LeafMasks"/>. Nothing depends on how the row decides: no branch,
/// no address but that of the leaf's value.
/// Same bits as the reference: exactly one leaf is found, and the values are added one after the other, in file order.
/// </summary>
internal sealed unsafe class DecisionBitsAvx2 : IRowKernel
{
    private const int Together = LeafMasks.Together;
    private const int Leaves = LeafMasks.MostLeaves;
    private const int Chunk = 512;
    private const int RanksRead = 128;
    private readonly RankSearchAvx2 _search;
    private readonly LeafMasks _masks;
    private readonly CategoryColumn[] _categories;
    private readonly int _columnCount;

    private DecisionBitsAvx2(RankedForest forest, LeafMasks masks)
    {
        _masks = masks;
        _search = new(forest.Numbers);
        _categories = forest.Categories;
        _columnCount = forest.Numbers.Length;
    }

    /// <summary>Lays a forest out; null when its trees, its columns or its categories are too many or too large.</summary>
    public static DecisionBitsAvx2? Of(RankedForest forest) =>
        forest.Numbers.Length <= RanksRead && LeafMasks.Of(forest) is { } masks ? new(forest, masks) : null;

    [SkipLocalsInit]
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        var ranks = stackalloc byte[RanksRead];
        fixed (double* first = row)
        {
            _search.RankRow(first, ranks);
        }

        switch (_columnCount)
        {
            case <= 32:
                Add(RankTables32.Of(ranks, _columnCount), sums, row, range);
                break;
            case <= 64:
                Add(RankTables64.Of(ranks, _columnCount), sums, row, range);
                break;
            default:
                Add(RankTables128.Of(ranks, _columnCount), sums, row, range);
                break;
        }
    }

    [SkipLocalsInit]
    private void Add<TTables>(in TTables tables, Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
        where TTables : struct, IRankTables<TTables>
    {
        var excluded = stackalloc uint[Chunk];
        var values = stackalloc double[Chunk];
        for (var first = range.First & -Together; first < range.End; first += Chunk)
        {
            var count = Math.Min(Chunk, ((range.End + Together - 1) & -Together) - first);
            var none = new Span<uint>(excluded, count);
            Exclude(row, first, none);
            if (sums.Length == 1 && first >= range.First && first + count <= range.End)
            {
                sums[0] = _masks.HasShifts
                    ? Decide<TTables, Shifted>(tables, first, none, sums[0], null)
                    : Decide<TTables, Unshifted>(tables, first, none, sums[0], null);
                continue;
            }

            _ = _masks.HasShifts
                ? Decide<TTables, Shifted>(tables, first, none, 0, values)
                : Decide<TTables, Unshifted>(tables, first, none, 0, values);
            for (var tree = Math.Max(first, range.First); tree < Math.Min(first + count, range.End); tree++)
            {
                sums[tree % sums.Length] += values[tree - first];
            }
        }
    }

    // The leaves that categorical nodes rule out in each tree.
    private void Exclude(ReadOnlySpan<double> row, int first, Span<uint> excluded)
    {
        excluded.Clear();
        for (var i = 0; i < _categories.Length; i++)
        {
            var place = (_categories[i].Code(row[_categories[i].Feature]) * _masks.TreeCount) + first;
            fixed (uint* table = &_masks.Tables[i][place], joined = excluded)
            {
                Join(table, joined, excluded.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(uint* from, uint* joined, int count)
    {
        for (var i = 0; i < count; i += Together)
        {
            (Vector128.Load(joined + i) | Vector128.Load(from + i)).Store(joined + i);
        }
    }

    // Adds to the sum, or where there is room for them keeps the values apart.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Decide<TTables, TShifts>(TTables tables, int first, Span<uint> excluded, double sum, double* apart)
        where TTables : struct, IRankTables<TTables>
        where TShifts : struct, IShifts
    {
        var bytes = TShifts.TreeBytes;
        fixed (byte* start = _masks.Trees)
        fixed (double* all = _masks.Values)
        fixed (uint* firstExcluded = excluded)
        {
            var none = firstExcluded;
            var tree = start + _masks.Start + ((nint)first * bytes);
            var leaves = all + ((nint)first * Leaves);
            var end = none + excluded.Length;
            for (; none < end; none += Together, tree += Together * bytes, leaves += Together * Leaves)
            {
                var ab = Joined(Masks<TTables, TShifts>(tables, tree), Masks<TTables, TShifts>(tables, tree + bytes));
                var cd = Joined(Masks<TTables, TShifts>(tables, tree + (2 * bytes)), Masks<TTables, TShifts>(tables, tree + (3 * bytes)));
                var halves = Avx2.UnpackLow(ab.AsInt64(), cd.AsInt64()) | Avx2.UnpackHigh(ab.AsInt64(), cd.AsInt64());
                var possible = ~((halves.GetLower() | halves.GetUpper()).AsUInt32() | Vector128.Load(none));
                var (low, high) = (possible.AsUInt64().ToScalar(), possible.AsUInt64().GetElement(1));
                double a = leaves[BitOperations.TrailingZeroCount(low)],
                    b = leaves[Leaves + BitOperations.TrailingZeroCount((uint)(low >> 32))];
                double c = leaves[(2 * Leaves) + BitOperations.TrailingZeroCount(high)],
                    d = leaves[(3 * Leaves) + BitOperations.TrailingZeroCount((uint)(high >> 32))];
                sum = sum + a + b + c + d;
                if (apart is not null)
                {
                    (apart[0], apart[1], apart[2], apart[3]) = (a, b, c, d);
                    apart += Together;
                }
            }
        }

        return sum;
    }

    // The masks of a tree's nodes that send the row right, to be joined over all eight places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Masks<TTables, TShifts>(in TTables tables, byte* tree)
        where TTables : struct, IRankTables<TTables>
        where TShifts : struct, IShifts
    {
        var ranks = TShifts.Shift(tables.Look(Avx.LoadVector256(tree), Vector256<byte>.Zero), tree + 64);
        var goesRight = Avx2.CompareGreaterThan(ranks.AsSByte(), Avx.LoadVector256((sbyte*)tree + 32)).AsByte();
        var own = tree + TShifts.TreeBytes - 128;
        return (Avx2.Shuffle(goesRight, Four(0)) & Avx.LoadVector256(own))
            | (Avx2.Shuffle(goesRight, Four(4)) & Avx.LoadVector256(own + 32))
            | (Avx2.Shuffle(goesRight, Four(8)) & Avx.LoadVector256(own + 64))
            | (Avx2.Shuffle(goesRight, Four(12)) & Avx.LoadVector256(own + 96));
    }

    // Four bytes of each half, each four times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Four(int first) =>
        (Vector256.Create(0x0101_0101_0000_0000L, 0x0303_0303_0202_0202L, 0x0101_0101_0000_0000L, 0x0303_0303_0202_0202L)
            .AsByte() + Vector256.Create((byte)first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Joined(Vector256<byte> first, Vector256<byte> second) =>
        Avx2.UnpackLow(first.AsInt32(), second.AsInt32()) | Avx2.UnpackHigh(first.AsInt32(), second.AsInt32());

    private interface IShifts
    {
        public static abstract int TreeBytes { get; }

        public static abstract Vector256<byte> Shift(Vector256<byte> ranks, byte* shifts);
    }

    private struct Shifted : IShifts
    {
        public static int TreeBytes => 224;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Shift(Vector256<byte> ranks, byte* shifts) => Avx2.Subtract(ranks, Avx.LoadVector256(shifts));
    }

    private struct Unshifted : IShifts
    {
        public static int TreeBytes => 192;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<byte> Shift(Vector256<byte> ranks, byte* shifts) => ranks;
    }
}
