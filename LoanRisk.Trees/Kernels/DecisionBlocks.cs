namespace LoanRisk.Trees.Kernels;

/// <summary>
/// Trees cut into blocks of at most 31 nodes, each a small tree of its own with at most 32 ways out: to a leaf or to
/// another block. A block takes its nodes in the order the trainer split them, so that most rows leave by the first one.
/// </summary>
internal sealed class DecisionBlocks
{
    /// <summary>Nodes of a block.</summary>
    public const int MostNodes = 31;

    /// <summary>Ways out of a block.</summary>
    public const int MostExits = MostNodes + 1;

    private readonly List<RankedNode[]> nodes = [];
    private readonly List<double> values = [];
    private readonly List<int> next = [];

    /// <summary>The nodes of each block; children are nodes of the block or <c>~exit</c>.</summary>
    public RankedNode[][] Nodes { get; private init; } = [];

    /// <summary>Each tree's first block; one more entry than trees.</summary>
    public int[] FirstBlocks { get; private init; } = [];

    /// <summary>For each exit of each block, 32 a block, the value of its leaf.</summary>
    public double[] Values { get; private init; } = [];

    /// <summary>For each exit of each block the block it leads to; 0 for a leaf, for no exit leads to the very first block.</summary>
    public int[] Next { get; private init; } = [];

    /// <summary>Blocks of the tree that has most.</summary>
    public int MostBlocks { get; private init; }

    public static DecisionBlocks Of(RankedForest forest)
    {
        var cut = new DecisionBlocks();
        var firstBlocks = new int[forest.Trees.Length + 1];
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            cut.Add(forest.Trees[tree], forest.LeafValues[tree]);
            firstBlocks[tree + 1] = cut.nodes.Count;
        }

        return new()
        {
            Nodes = [.. cut.nodes],
            FirstBlocks = firstBlocks,
            Values = [.. cut.values],
            Next = [.. cut.next],
            MostBlocks = firstBlocks.Length == 1 ? 0 : firstBlocks.Zip(firstBlocks.Skip(1), static (first, end) => end - first).Max(),
        };
    }

    private void Add(RankedNode[] tree, double[] leafValues)
    {
        if (tree.Length == 0)
        {
            AddBlock([], [~0], leafValues, new Queue<int>());
            return;
        }

        var roots = new Queue<int>();
        roots.Enqueue(0);
        while (roots.TryDequeue(out var root))
        {
            var (block, exits) = Cut(tree, root);
            AddBlock(block, exits, leafValues, roots);
        }
    }

    // A further root gets its block when its turn in the queue comes.
    private void AddBlock(RankedNode[] block, List<int> exits, double[] leafValues, Queue<int> roots)
    {
        nodes.Add(block);
        for (var exit = 0; exit < MostExits; exit++)
        {
            var child = exit < exits.Count ? exits[exit] : ~0;
            values.Add(child < 0 ? leafValues[~child] : 0);
            next.Add(child < 0 ? 0 : nodes.Count + roots.Count);
            if (child >= 0)
            {
                roots.Enqueue(child);
            }
        }
    }

    private static (RankedNode[] Block, List<int> Exits) Cut(RankedNode[] tree, int root)
    {
        var taken = new Dictionary<int, int>();
        var open = new PriorityQueue<int, int>();
        open.Enqueue(root, root);
        while (taken.Count < MostNodes && open.TryDequeue(out var node, out _))
        {
            taken.Add(node, taken.Count);
            foreach (var child in (ReadOnlySpan<int>)[tree[node].Left, tree[node].Right])
            {
                if (child >= 0)
                {
                    open.Enqueue(child, child);
                }
            }
        }

        var exits = new List<int>();
        var block = taken.Keys.Select(node => tree[node] with { Left = Local(tree[node].Left), Right = Local(tree[node].Right) }).ToArray();
        return (block, exits);

        int Local(int child)
        {
            if (child >= 0 && taken.TryGetValue(child, out var place))
            {
                return place;
            }

            exits.Add(child);
            return ~(exits.Count - 1);
        }
    }
}
