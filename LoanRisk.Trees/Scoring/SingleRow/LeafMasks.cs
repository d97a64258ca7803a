using System.Runtime.InteropServices;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Trees of at most 32 leaves in memory, with leaves numbered from left to right. A node that sends a row right rules out
/// the leaves on its left, a mask of 32 bits; the row's leaf is the first that no node rules out (Lucchese and others,
/// QuickScorer, 2015). A tree:
/// <code>
///  columns     32 bytes   the rank each node compares
///  thresholds  32 bytes   signed; never above: categories, no node
///  shifts      32 bytes   1 where missing values go right: only where a node needs it
///  masks       32 x 4     of node 16h + 4k + j at place 8k + 4h + j
/// </code>
/// Four trees are decided together; what is missing to a multiple of four has one leaf of value -0, which changes no sum.
/// Masks of categorical nodes are not here but in a table for each column, one for each code and tree: the masks of all
/// nodes that send the code right.
/// </summary>
internal sealed unsafe class LeafMasks
{
    public const int Together = 4;
    public const int MostLeaves = 32;
    public const int VectorBytes = 32;
    private const int MaskBytes = MostLeaves * sizeof(uint);
    private const long MostTableBytes = 1 << 24;
    private const int Alignment = 64;
    private readonly RankedForest _forest;

    private LeafMasks(RankedForest forest)
    {
        _forest = forest;
        TreeCount = (forest.Trees.Length + Together - 1) / Together * Together;
        HasShifts = forest.Trees.Any(static nodes => nodes.Any(static node => node.Shift != 0));
        TreeBytes = (VectorBytes * (HasShifts ? 3 : 2)) + MaskBytes;
        Values = new double[TreeCount * MostLeaves];
        Values.AsSpan().Fill(-0.0);
        Tables = [.. forest.Categories.Select(column => new uint[column.CodeCount * TreeCount])];
        Trees = GC.AllocateArray<byte>((TreeCount * TreeBytes) + Alignment, pinned: true);
        fixed (byte* first = Trees)
        {
            Start = (int)(Alignment - ((nuint)first & (Alignment - 1)));
        }

        for (var tree = 0; tree < TreeCount; tree++)
        {
            var place = Trees.AsSpan(Start + (tree * TreeBytes), TreeBytes);
            place.Slice(VectorBytes, VectorBytes).Fill((byte)sbyte.MaxValue);
            if (tree < forest.Trees.Length)
            {
                Write(tree, place);
            }
        }
    }

    /// <summary>Trees with those that fill the last four up.</summary>
    public int TreeCount { get; }

    public int TreeBytes { get; }

    public bool HasShifts { get; }

    public byte[] Trees { get; }

    /// <summary>Where the first tree starts.</summary>
    public int Start { get; }

    /// <summary>32 a tree.</summary>
    public double[] Values { get; }

    /// <summary>For each category column the masks of code 0 for all trees, of code 1, and so on.</summary>
    public uint[][] Tables { get; }

    /// <summary>Lays a forest out; null when a tree has too many leaves, or the categories would take too much memory.</summary>
    public static LeafMasks? Of(RankedForest forest)
    {
        var trees = forest.Trees.Length + Together;
        var tableBytes = forest.Categories.Sum(column => (long)column.CodeCount * trees * sizeof(uint));
        return forest.MostLeaves <= MostLeaves && tableBytes <= MostTableBytes && trees < Array.MaxLength / (MaskBytes * 2)
            ? new(forest)
            : null;
    }

    private void Write(int tree, Span<byte> place)
    {
        var (nodes, values) = (_forest.Trees[tree], _forest.LeafValues[tree]);
        if (nodes.Length == 0)
        {
            Values[tree * MostLeaves] = values[0];
            return;
        }

        var leaves = 0;
        WriteBelow(tree, 0, place, ref leaves);
    }

    // Answers the mask of the leaves below; a tree of 32 leaves is at most 31 deep.
    private uint WriteBelow(int tree, int node, Span<byte> place, ref int leaves)
    {
        if (node < 0)
        {
            Values[(tree * MostLeaves) + leaves] = _forest.LeafValues[tree][~node];
            return 1u << leaves++;
        }

        var at = _forest.Trees[tree][node];
        var left = WriteBelow(tree, at.Left, place, ref leaves);
        var right = WriteBelow(tree, at.Right, place, ref leaves);
        if (at.Set >= 0)
        {
            WriteCategories(tree, at, left);
            return left | right;
        }

        place[node] = (byte)at.Column;
        place[VectorBytes + node] = (byte)(at.Threshold ^ 0x80);
        MemoryMarshal.Cast<byte, uint>(place[^MaskBytes..])[((node & 12) << 1) | ((node & 16) >> 2) | (node & 3)] = left;
        if (HasShifts)
        {
            place[(2 * VectorBytes) + node] = at.Shift;
        }

        return left | right;
    }

    private void WriteCategories(int tree, RankedNode node, uint left)
    {
        var column = node.Column - _forest.Numbers.Length;
        for (var code = 0; code < _forest.Categories[column].CodeCount; code++)
        {
            Tables[column][(code * TreeCount) + tree] |= _forest.IsLeft(node, code) ? 0 : left;
        }
    }
}
