using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// Cuts trees into blocks of at most 7 nodes, each a small tree of its own with at most 8 ways out: to a leaf or to another
/// block. A block takes the nodes that most training rows passed (without their counts: in the order of the splits), so
/// that most rows leave by the first one.
/// </summary>
internal sealed class BlockCutter(RankedForest forest)
{
    /// <summary>Nodes of a block: the nodes on a way out fit one byte, a bit a node.</summary>
    public const int MostNodes = 7;

    /// <summary>Ways out of a block.</summary>
    public const int MostExits = MostNodes + 1;

    private readonly RankedNode[] _nodes = new RankedNode[MostNodes];
    private readonly BlockExit[] _exits = new BlockExit[MostExits];
    private int _nodeCount;
    private int _exitCount;

    /// <summary>The nodes of the block; their children mean nothing.</summary>
    public ReadOnlySpan<RankedNode> Nodes => _nodes.AsSpan(0, _nodeCount);

    /// <summary>The ways out of the block.</summary>
    public ReadOnlySpan<BlockExit> Exits => _exits.AsSpan(0, _exitCount);

    /// <summary>Cuts the block that starts at a node, or at <c>~leaf</c>.</summary>
    public void Cut(int tree, int root)
    {
        var all = forest.Trees[tree];
        var rows = forest.RowCounts[tree].AsSpan();
        (_nodeCount, _exitCount, _exits[0]) = (0, 1, new(root, 0, 0));
        while (_nodeCount < MostNodes && Busiest(rows) is var exit and >= 0)
        {
            var (node, path, side) = _exits[exit];
            var bit = (byte)(1 << _nodeCount);
            _nodes[_nodeCount++] = all[node];
            _exits[exit] = new(all[node].Left, (byte)(path | bit), side);
            _exits[_exitCount++] = new(all[node].Right, (byte)(path | bit), (byte)(side | bit));
        }
    }

    // The way out, not to a leaf, that most rows take; -1 when all lead to leaves.
    private int Busiest(ReadOnlySpan<long> rows)
    {
        var best = -1;
        for (var exit = 0; exit < _exitCount; exit++)
        {
            var child = _exits[exit].Child;
            if (child >= 0 && (best < 0 || IsBefore(child, _exits[best].Child, rows)))
            {
                best = exit;
            }
        }

        return best;
    }

    private static bool IsBefore(int node, int other, ReadOnlySpan<long> rows) =>
        rows.IsEmpty || rows[node] == rows[other] ? node < other : rows[node] > rows[other];
}

/// <summary>A way out of a block.</summary>
/// <param name="Child">A node of the tree, where another block starts, or <c>~leaf</c>.</param>
/// <param name="Path">The nodes on the way, one bit a node of the block.</param>
/// <param name="Side">Those of them where the way goes right.</param>
internal readonly record struct BlockExit(int Child, byte Path, byte Side);
