using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Scores one row by walking eight trees at once, without a branch on the row. A row becomes bytes first: the ranks of
/// its numbers, then for each category column one byte a set of codes, 0 when the row's code is in the set. So every node
/// is one comparison of bytes, packed in 8 of them:
/// <code>
///  bits 63..32  left child; the right one is next to it
///       31..24  shift
///       23..16  threshold
///       15..0   place of the byte
/// </code>
/// All bytes have their top bit flipped and are compared with their sign. A leaf is its own left child, and nothing is
/// above its threshold. Same bits as the reference: the eight leaf values
/// are added one after the other, in file order.
/// </summary>
internal sealed unsafe class WalkScalar : IRowKernel
{
    private const int Together = 8;
    private const int StepsBetweenLooks = 4;
    private const int MostBytes = ushort.MaxValue;
    private const int MostSideBytes = 1 << 24;
    private const ulong Leaf = (ulong)sbyte.MaxValue << 16;
    private const byte Flip = 0x80;
    private readonly NumberColumn[] _numbers;
    private readonly RankSearchAvx2? _search;
    private readonly CategoryColumn[] _categories;
    private readonly RankedForest _forest;
    private readonly RankedNode[][] _asking;
    private readonly byte[]?[] _sides;
    private readonly Dictionary<(int Column, int Set), int> _places = [];
    private readonly int _byteCount;
    private readonly ulong[] _nodes;
    private readonly double[] _values;
    private readonly int[] _roots;

    private WalkScalar(RankedForest forest, RankedNode[][] asking, RankSearchAvx2? search)
    {
        (_forest, _asking, _search) = (forest, asking, search);
        (_numbers, _categories) = (forest.Numbers, forest.Categories);
        _byteCount = _numbers.Length;
        foreach (var node in asking.SelectMany(static nodes => nodes))
        {
            _places.Add((node.Column, node.Set), _byteCount++);
        }

        var room = MostSideBytes;
        _sides = new byte[_categories.Length][];
        for (var category = 0; category < _categories.Length; category++)
        {
            var bytes = (long)_categories[category].CodeCount * asking[category].Length;
            if (bytes <= room)
            {
                _sides[category] = Sides(asking[category], _categories[category].CodeCount);
                room -= (int)bytes;
            }
        }

        _nodes = new ulong[forest.Trees.Sum(static tree => (2 * tree.Length) + 1)];
        _values = new double[_nodes.Length];
        _roots = new int[forest.Trees.Length];
        for (int tree = 0, next = 0; tree < _roots.Length; tree++)
        {
            _roots[tree] = next;
            next = Write(forest.Trees[tree], forest.LeafValues[tree], next);
        }
    }

    /// <summary>Lays a forest out, with a quicker way to rank where there is one; null when a row would take too many bytes.</summary>
    public static WalkScalar? Of(RankedForest forest, RankSearchAvx2? search)
    {
        var categorical = forest.Trees.SelectMany(static nodes => nodes).Where(static node => node.Set >= 0)
            .DistinctBy(static node => (node.Column, node.Set)).ToLookup(static node => node.Column);
        var asked = forest.Categories.Select((_, i) => categorical[forest.Numbers.Length + i].ToArray()).ToArray();
        return forest.Numbers.Length + asked.Sum(static list => list.Length) > MostBytes ? null : new WalkScalar(forest, asked, search);
    }

    [SkipLocalsInit]
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        var bytes = stackalloc byte[_byteCount + 1];
        Fill(bytes, row);
        fixed (ulong* first = _nodes)
        {
            var tree = range.First;
            for (; tree + Together <= range.End; tree += Together)
            {
                AddEight(sums, bytes, first, tree);
            }

            for (; tree < range.End; tree++)
            {
                sums[tree % sums.Length] += _values[WalkOne(bytes, first, _roots[tree])];
            }
        }
    }

    private byte[] Sides(RankedNode[] asking, int codes)
    {
        var bytes = new byte[codes * asking.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Side(asking[i % asking.Length], i / asking.Length);
        }

        return bytes;
    }

    private byte Side(RankedNode node, int code) => (byte)(Flip + (_forest.IsLeft(node, code) ? 0 : 1));

    // Breadth first, so that siblings are neighbours.
    private int Write(RankedNode[] tree, ImmutableArray<double> leafValues, int root)
    {
        var next = root + 1;
        var open = new Queue<(int Node, int Place)>();
        open.Enqueue((tree.Length == 0 ? ~0 : 0, root));
        while (open.TryDequeue(out var item))
        {
            var (node, place) = item;
            if (node < 0)
            {
                _nodes[place] = ((ulong)place << 32) | Leaf;
                _values[place] = leafValues[~node];
                continue;
            }

            _nodes[place] = ((ulong)next << 32) | Decision(tree[node]);
            open.Enqueue((tree[node].Left, next));
            open.Enqueue((tree[node].Right, next + 1));
            next += 2;
        }

        return next;
    }

    private ulong Decision(RankedNode node) => node.Set < 0
        ? ((ulong)node.Shift << 24) | ((ulong)(node.Threshold ^ Flip) << 16) | (uint)node.Column
        : ((ulong)Flip << 16) | (uint)_places[(node.Column, node.Set)];

    private void Fill(byte* bytes, ReadOnlySpan<double> row)
    {
        Rank(bytes, row);
        bytes += _numbers.Length;

        for (var category = 0; category < _categories.Length; category++)
        {
            var (column, width) = (_categories[category], _asking[category].Length);
            var code = column.Code(row[column.Feature]);
            if (_sides[category] is { } known)
            {
                known.AsSpan(code * width, width).CopyTo(new Span<byte>(bytes, width));
            }
            else
            {
                for (var i = 0; i < width; i++)
                {
                    bytes[i] = Side(_asking[category][i], code);
                }
            }

            bytes += width;
        }
    }

    private void Rank(byte* ranks, ReadOnlySpan<double> row)
    {
        if (_search is not null)
        {
            fixed (double* first = row)
            {
                _search.RankRow(first, ranks);
            }

            return;
        }

        foreach (var number in _numbers)
        {
            *ranks++ = (byte)(number.Rank(row[number.Feature]) ^ Flip);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddEight(Span<double> sums, byte* bytes, ulong* first, int tree)
    {
        ulong a = first[_roots[tree]], b = first[_roots[tree + 1]], c = first[_roots[tree + 2]], d = first[_roots[tree + 3]];
        ulong e = first[_roots[tree + 4]], f = first[_roots[tree + 5]], g = first[_roots[tree + 6]], h = first[_roots[tree + 7]];
        ulong changes;
        do
        {
            for (var step = 1; step < StepsBetweenLooks; step++)
            {
                (a, b, c, d) = (Next(first, bytes, a), Next(first, bytes, b), Next(first, bytes, c), Next(first, bytes, d));
                (e, f, g, h) = (Next(first, bytes, e), Next(first, bytes, f), Next(first, bytes, g), Next(first, bytes, h));
            }

            changes = Move(first, bytes, ref a) | Move(first, bytes, ref b) | Move(first, bytes, ref c) | Move(first, bytes, ref d)
                | Move(first, bytes, ref e) | Move(first, bytes, ref f) | Move(first, bytes, ref g) | Move(first, bytes, ref h);
        }
        while (changes != 0);

        var ends = stackalloc int[Together] { (int)(a >> 32), (int)(b >> 32), (int)(c >> 32),
            (int)(d >> 32), (int)(e >> 32), (int)(f >> 32), (int)(g >> 32), (int)(h >> 32) };
        for (var i = 0; i < Together; i++)
        {
            sums[(tree + i) % sums.Length] += _values[ends[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Next(ulong* nodes, byte* bytes, ulong node)
    {
        var isRight = (sbyte)(bytes[(ushort)node] - (byte)(node >> 24)) > (sbyte)(node >> 16);
        return nodes[(node >> 32) + Unsafe.BitCast<bool, byte>(isRight)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Move(ulong* nodes, byte* bytes, ref ulong node)
    {
        var before = node;
        node = Next(nodes, bytes, node);
        return node ^ before;
    }

    private static int WalkOne(byte* bytes, ulong* nodes, int root)
    {
        var node = nodes[root];
        while (Move(nodes, bytes, ref node) != 0)
        {
        }

        return (int)(node >> 32);
    }
}
