using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Scores one row: decides all nodes of a block of four trees at once, one bit a node, 1 for right, and finds in each tree
/// the way out whose path asks for just these bits, comparing all 8 at once. Trees whose way leads to a further block go on,
/// four by four, until every tree has its leaf; no branch asks what a row decides. See <see cref="DecisionBlocks"/>.
/// Same bits as the reference: exactly one way out fits, and the leaf values are added one after the other, in file order:
/// those of a chunk of trees while the next chunk is decided. What stands for no tree adds -0, which changes no sum.
/// </summary>
internal sealed unsafe class DecisionChainsAvx2 : IRowKernel
{
    private const int Together = DecisionBlocks.Together;
    private const int Chunk = 256;
    private const int Ring = 2 * Chunk;
    private const int Nobody = Chunk;
    private const int RanksRead = 128;
    private const int MostCategories = 4_096;
    private const long NoValue = long.MinValue;
    private readonly RankSearchAvx2 _search;
    private readonly DecisionBlocks _blocks;
    private readonly CategorySides _categories;
    private readonly int _columnCount;
    private readonly bool _hasCategories;

    private DecisionChainsAvx2(RankedForest forest, DecisionBlocks blocks)
    {
        _blocks = blocks;
        _search = new(forest.Numbers);
        _categories = new(forest, blocks);
        _columnCount = forest.Numbers.Length;
        _hasCategories = forest.Categories.Length > 0;
    }

    /// <summary>Lays a forest out; null when it has too many columns.</summary>
    public static DecisionChainsAvx2? Of(RankedForest forest) =>
        forest.Numbers.Length <= RankTablesMany.Most && forest.Categories.Length <= MostCategories
            && DecisionBlocks.Of(forest) is { } blocks
            ? new(forest, blocks)
            : null;

    [SkipLocalsInit]
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        var ranks = stackalloc byte[Math.Max(_columnCount, RanksRead) + 15];
        var codes = stackalloc int[_categories.ColumnCount + 1];
        fixed (double* first = row)
        {
            _search.RankRow(first, ranks);
            _categories.Code(first, codes);
        }

        switch (_columnCount)
        {
            case <= 32:
                Add<RankTables32>(sums, ranks, codes, range);
                break;
            case <= 64:
                Add<RankTables64>(sums, ranks, codes, range);
                break;
            case <= 128:
                Add<RankTables128>(sums, ranks, codes, range);
                break;
            default:
                Add<RankTablesMany>(sums, ranks, codes, range);
                break;
        }
    }

    [SkipLocalsInit]
    private void Add<TTables>(Span<double> sums, byte* ranks, int* codes, TreeRange range)
        where TTables : struct, IRankTables<TTables>
    {
        long* before = stackalloc long[Chunk + 1], now = stackalloc long[Chunk + 1];
        var open = stackalloc int[Ring];
        var sides = stackalloc byte[Chunk];
        var tables = TTables.Of(ranks, _columnCount);
        var (sum, countBefore) = (sums[0], 0);
        for (var first = range.First & -Together; first < range.End; first += Chunk)
        {
            var count = Math.Min(Chunk, ((range.End + Together - 1) & -Together) - first);
            new Span<long>(before + countBefore, Math.Max(0, count - countBefore)).Fill(NoValue);
            var trees = new Trees { First = first, Count = count, Sides = sides, Now = now, Before = before };
            FindSides(codes, trees);
            sum = DecideFirst(tables, trees, sum);
            sum = AddAll(sum, before + count, countBefore - count);
            DecideFurther(tables, codes, now, open, Open(now, count, open));
            new Span<long>(now, Math.Max(0, range.First - first)).Fill(NoValue);
            new Span<long>(now + Math.Min(count, range.End - first), Math.Max(0, first + count - range.End)).Fill(NoValue);
            if (sums.Length > 1)
            {
                AddClasses(sums, now, first, range);
                continue;
            }

            var done = now;
            now = before;
            before = done;
            countBefore = count;
        }

        if (sums.Length == 1)
        {
            sums[0] = AddAll(sum, before, countBefore);
        }
    }

    private void FindSides(int* codes, in Trees trees)
    {
        if (_hasCategories)
        {
            _categories.OfFirst(codes, trees.First, trees.Count, trees.Sides);
        }
        else
        {
            new Span<byte>(trees.Sides, trees.Count).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double DecideFirst<TTables>(TTables tables, in Trees trees, double sum)
        where TTables : struct, IRankTables<TTables>
    {
        long* now = trees.Now, before = trees.Before;
        var sides = trees.Sides;
        fixed (byte* start = _blocks.First)
        fixed (long* all = _blocks.Exits)
        {
            var block = start + _blocks.FirstStart + ((nint)trees.First / Together * DecisionBlocks.FirstBytes);
            var exits = all + ((nint)trees.First * BlockCutter.MostExits);
            var end = now + trees.Count;
            for (; now < end; now += Together, before += Together, sides += Together,
                block += DecisionBlocks.FirstBytes, exits += Together * BlockCutter.MostExits)
            {
                var ranks = tables.Look(Avx.LoadVector256(block), Avx.LoadVector256(block + 160));
                var bits = Bits(ranks, Avx.LoadVector256(block + 32), Avx.LoadVector256(block + 64))
                    | Avx2.ConvertToVector256Int64(sides).AsByte();
                var fits = Fitting(bits, Avx.LoadVector256(block + 96), Avx.LoadVector256(block + 128));
                sum = sum + ((double*)before)[0] + ((double*)before)[1] + ((double*)before)[2] + ((double*)before)[3];
                now[0] = exits[First(ref fits)];
                now[1] = exits[First(ref fits)];
                now[2] = exits[First(ref fits)];
                now[3] = exits[First(ref fits)];
            }
        }

        return sum;
    }

    // The trees whose way leads to a further block.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Open(long* now, int count, int* open)
    {
        nint left = 0;
        for (var tree = 0; tree < count; tree++)
        {
            left = Keep(open, left, tree, now[tree]);
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecideFurther<TTables>(TTables tables, int* codes, long* now, int* open, nint end)
        where TTables : struct, IRankTables<TTables>
    {
        fixed (byte* start = _blocks.Further)
        {
            var all = start + _blocks.FurtherStart;
            for (nint i = 0; i < end; i += Together)
            {
                while (end - i < Together)
                {
                    open[end++ & (Ring - 1)] = Nobody;
                    now[Nobody] = DecisionBlocks.Link;
                }

                int t0 = open[i & (Ring - 1)], t1 = open[(i + 1) & (Ring - 1)],
                    t2 = open[(i + 2) & (Ring - 1)], t3 = open[(i + 3) & (Ring - 1)];
                byte* a = Place(all, now[t0]), b = Place(all, now[t1]), c = Place(all, now[t2]), d = Place(all, now[t3]);
                var (columns, shifts) = Two(a, b, c, d, 0);
                var (thresholds, paths) = Two(a, b, c, d, 16);
                var (ways, places) = Two(a, b, c, d, 32);
                var bits = Bits(tables.Look(columns, places), shifts, thresholds);
                if (_hasCategories)
                {
                    bits |= Vector256.Create(Side(codes, now[t0]), Side(codes, now[t1]), Side(codes, now[t2]), Side(codes, now[t3]))
                        .AsByte();
                }

                var fits = Fitting(bits, paths, ways);
                var (e0, e1, e2, e3) = (Exit(a, 0, ref fits), Exit(b, 1, ref fits), Exit(c, 2, ref fits), Exit(d, 3, ref fits));
                (now[t0], now[t1], now[t2], now[t3]) = (e0, e1, e2, e3);
                end = Keep(open, end, t0, e0);
                end = Keep(open, end, t1, e1);
                end = Keep(open, end, t2, e2);
                end = Keep(open, end, t3, e3);
            }
        }
    }

    // The bit of each node that goes right: their sum is the byte of the block, at the start of its 8 bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Bits(Vector256<byte> ranks, Vector256<byte> shifts, Vector256<byte> thresholds)
    {
        var goesRight = Avx2.CompareGreaterThan(Avx2.Subtract(ranks, shifts).AsSByte(), thresholds.AsSByte()).AsByte();
        return Avx2.SumAbsoluteDifferences(goesRight & Vector256.Create(0x0040_2010_0804_0201L).AsByte(), Vector256<byte>.Zero).AsByte();
    }

    // One bit of each byte: the way out that fits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Fitting(Vector256<byte> bits, Vector256<byte> paths, Vector256<byte> sides)
    {
        var everywhere = Avx2.Shuffle(bits, Vector256.Create(0, 0x0808_0808_0808_0808L, 0, 0x0808_0808_0808_0808L).AsByte());
        return (uint)Avx2.MoveMask(Avx2.CompareEqual(everywhere & paths, sides));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Place(byte* further, long link) => further + ((nint)(int)link * DecisionBlocks.FurtherBytes);

    // Two neighbouring arrays of four blocks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> First, Vector256<byte> Second) Two(byte* a, byte* b, byte* c, byte* d, int offset)
    {
        var even = Vector256.Create(Vector128.Load(a + offset), Vector128.Load(c + offset)).AsInt64();
        var odd = Vector256.Create(Vector128.Load(b + offset), Vector128.Load(d + offset)).AsInt64();
        return (Avx2.UnpackLow(even, odd).AsByte(), Avx2.UnpackHigh(even, odd).AsByte());
    }

    // The place of the lowest bit, which is taken away.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint First(ref uint fits)
    {
        var place = (uint)BitOperations.TrailingZeroCount(fits);
        fits &= fits - 1;
        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Exit(byte* block, int place, ref uint fits) =>
        ((long*)(block + DecisionBlocks.FurtherExits - (place * BlockCutter.MostExits * sizeof(long))))[First(ref fits)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Keep(int* open, nint left, int tree, long exit)
    {
        open[left & (Ring - 1)] = tree;
        return left + Unsafe.BitCast<bool, byte>(exit >= DecisionBlocks.Link);
    }

    private static void AddClasses(Span<double> sums, long* values, int first, TreeRange range)
    {
        for (var tree = Math.Max(first, range.First); tree < Math.Min(first + Chunk, range.End); tree++)
        {
            sums[tree % sums.Length] += ((double*)values)[tree - first];
        }
    }

    private static double AddAll(double sum, long* values, int count)
    {
        for (var i = 0; i < count; i++)
        {
            sum += ((double*)values)[i];
        }

        return sum;
    }

    private long Side(int* codes, long link) => _categories.OfFurther(codes, (int)link);

    /// <summary>The trees that are decided together.</summary>
    private struct Trees
    {
        public int First;
        public int Count;

        /// <summary>The categorical nodes of each first block that send the row right, a bit a node.</summary>
        public byte* Sides;

        /// <summary>Gets each tree's value, or the link to the block that its way leads to.</summary>
        public long* Now;

        /// <summary>The values of as many trees before them, which are added meanwhile.</summary>
        public long* Before;
    }
}
