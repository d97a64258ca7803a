using System.Buffers.Binary;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Trees as blocks of 7 nodes in memory. The first blocks of four trees in a row lie together; blocks further down lie
/// alone, with the ways out behind them. 8 bytes a block and array:
/// <code>
///  first blocks of trees 4i to 4i + 3, 192 bytes     further block, 128 bytes
///  columns     4 x 8                                 columns     8    the rank each node compares, modulo 128
///  shifts      4 x 8                                 shifts      8    1 where missing values go right
///  thresholds  4 x 8                                 thresholds  8    signed; never above: categories, no node
///  paths       4 x 8                                 paths       8    the nodes on the way to each exit, a bit a node
///  sides       4 x 8                                 sides       8    those of them where the way goes right
///  tables      4 x 8                                 tables      8    column / 16
///                                                    (16)
///  ways out apart: 4 x 8 x 8 bytes                   ways out    8 x 8
/// </code>
/// A way out is the leaf's value, or, as a NaN that no leaf has, <see cref="Link"/> and the number of a further block.
/// Where there is no way out, path 0 asks for side 1, which never fits.
/// </summary>
internal sealed unsafe class DecisionBlocks
{
    /// <summary>Trees whose first blocks lie together.</summary>
    public const int Together = 4;

    /// <summary>Bytes of the first blocks of four trees.</summary>
    public const int FirstBytes = 6 * Together * Width;

    /// <summary>Bytes of a further block.</summary>
    public const int FurtherBytes = 128;

    /// <summary>Where a further block has its ways out.</summary>
    public const int FurtherExits = 64;

    /// <summary>What is not below this leads to a further block.</summary>
    public const long Link = 0x7FF8L << 48;

    private const int Width = 8;
    private const int Alignment = 64;
    private readonly RankedForest _forest;
    private readonly BlockCutter _cutter;
    private byte[] _further = new byte[FurtherBytes * 64];

    private DecisionBlocks(RankedForest forest)
    {
        _forest = forest;
        _cutter = new(forest);
        FirstCount = (forest.Trees.Length + Together - 1) / Together * Together;
        First = Pinned(FirstCount / Together * FirstBytes, out var start);
        FirstStart = start;
        Exits = GC.AllocateUninitializedArray<long>(FirstCount * Width);
        Exits.AsSpan().Clear();
    }

    /// <summary>First blocks, with some that stand for no tree at the end.</summary>
    public byte[] First { get; }

    public int FirstStart { get; }

    /// <summary>The ways out of first blocks.</summary>
    public long[] Exits { get; }

    /// <summary>Further blocks; number 0 is a leaf of value 0, for places without a tree.</summary>
    public byte[] Further { get; private set; } = [];

    public int FurtherStart { get; private set; }

    /// <summary>First blocks; in the numbering of all blocks, further ones follow them.</summary>
    public int FirstCount { get; }

    public int FurtherCount { get; private set; } = 1;

    /// <summary>Categorical nodes: block, bit within it, node.</summary>
    public List<(int Block, byte Bit, RankedNode Node)> CategoricalNodes { get; } = [];

    /// <summary>Lays a forest out; null when there is no room for it in one array.</summary>
    public static DecisionBlocks? Of(RankedForest forest)
    {
        var most = forest.Trees.Sum(static tree => (long)tree.Length + 1);
        if (most > Array.MaxLength / (2 * FurtherBytes))
        {
            return null;
        }

        var blocks = new DecisionBlocks(forest);
        blocks.Fill();
        return blocks;
    }

    private static byte[] Pinned(int bytes, out int start)
    {
        var memory = GC.AllocateArray<byte>(bytes + Alignment, pinned: true);
        fixed (byte* first = memory)
        {
            start = (int)(Alignment - ((nuint)first & (Alignment - 1)));
        }

        return memory;
    }

    private void Fill()
    {
        _further.AsSpan((4 * Width) + 1, Width - 1).Fill(1);
        var open = new Queue<int>();
        for (var tree = 0; tree < FirstCount; tree++)
        {
            var place = First.AsSpan(FirstStart + (tree / Together * FirstBytes) + (tree % Together * Width));
            if (tree >= _forest.Trees.Length)
            {
                place.Slice((4 * Together * Width) + 1, Width - 1).Fill(1);
                continue;
            }

            _cutter.Cut(tree, _forest.Trees[tree].Length == 0 ? ~0 : 0);
            WriteNodes(place, Together * Width, tree);
            WriteExits(tree, Exits.AsSpan(tree * Width, Width), open);
            while (open.TryDequeue(out var root))
            {
                AddFurther(tree, root, open);
            }
        }

        Further = Pinned(FurtherCount * FurtherBytes, out var start);
        FurtherStart = start;
        _further.AsSpan(0, FurtherCount * FurtherBytes).CopyTo(Further.AsSpan(start));
        _further = [];
    }

    private void AddFurther(int tree, int root, Queue<int> open)
    {
        var number = FurtherCount - open.Count - 1;
        _cutter.Cut(tree, root);
        Span<long> exits = stackalloc long[Width];
        WriteExits(tree, exits, open);
        while (_further.Length < FurtherCount * FurtherBytes)
        {
            Array.Resize(ref _further, 2 * _further.Length);
        }

        var place = _further.AsSpan(number * FurtherBytes, FurtherBytes);
        WriteNodes(place, Width, FirstCount + number);
        for (var exit = 0; exit < Width; exit++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(place[(FurtherExits + (exit * sizeof(long)))..], exits[exit]);
        }
    }

    // A further block's number is its place in the queue.
    private void WriteExits(int tree, Span<long> exits, Queue<int> open)
    {
        exits.Clear();
        for (var exit = 0; exit < _cutter.Exits.Length; exit++)
        {
            var child = _cutter.Exits[exit].Child;
            exits[exit] = child < 0 ? BitConverter.DoubleToInt64Bits(_forest.LeafValues[tree][~child]) : Link | (uint)FurtherCount++;
            if (child >= 0)
            {
                open.Enqueue(child);
            }
        }
    }

    private void WriteNodes(Span<byte> place, int step, int block)
    {
        place.Slice(2 * step, Width).Fill((byte)sbyte.MaxValue);
        place.Slice(4 * step, Width).Fill(1);
        for (var i = 0; i < _cutter.Nodes.Length; i++)
        {
            var node = _cutter.Nodes[i];
            if (node.Set >= 0)
            {
                CategoricalNodes.Add((block, (byte)(1 << i), node));
                continue;
            }

            place[i] = (byte)(node.Column & 127);
            place[step + i] = node.Shift;
            place[(2 * step) + i] = (byte)(node.Threshold ^ 0x80);
            place[(5 * step) + i] = (byte)(node.Column >> 4);
        }

        for (var i = 0; i < _cutter.Exits.Length; i++)
        {
            place[(3 * step) + i] = _cutter.Exits[i].Path;
            place[(4 * step) + i] = _cutter.Exits[i].Side;
        }
    }
}
