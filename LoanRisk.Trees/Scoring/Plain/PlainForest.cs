namespace LoanRisk.Trees.Scoring.Plain;

/// <summary>
/// The trees of a model laid out for scoring: the nodes of all trees in one array, walked from root to leaf. Immutable.
/// This is the plain form, the reference for every faster one.
/// </summary>
internal sealed class PlainForest : IRowKernel, IBlockKernel
{
    private readonly PlainNode[] nodes;
    private readonly uint[] words;
    private readonly double[] leafValues;
    private readonly int[] roots;
    private readonly int[] firstLeaves;
    private readonly int featureCount;
    private readonly int outputsPerRow;

    /// <summary>Lays the trees out.</summary>
    /// <exception cref="InvalidOperationException">A tree is not sound.</exception>
    public PlainForest(TreeModel model)
    {
        var trees = model.Trees;
        (featureCount, outputsPerRow) = (model.FeatureCount, model.OutputCount);
        CheckTrees(model);
        nodes = new PlainNode[trees.Sum(static tree => tree.NodeCount)];
        words = new uint[trees.Sum(static tree => tree.CategoryBits.Length)];
        leafValues = new double[trees.Sum(static tree => tree.LeafCount)];
        roots = new int[trees.Length];
        firstLeaves = new int[trees.Length];
        var (firstNode, firstWord, firstLeaf) = (0, 0, 0);
        for (var i = 0; i < trees.Length; i++)
        {
            roots[i] = trees[i].NodeCount == 0 ? ~0 : firstNode;
            firstLeaves[i] = firstLeaf;
            trees[i].CategoryBits.CopyTo(words, firstWord);
            trees[i].LeafValue.CopyTo(leafValues, firstLeaf);
            AddNodes(trees[i], firstNode, firstWord);
            firstNode += trees[i].NodeCount;
            firstWord += trees[i].CategoryBits.Length;
            firstLeaf += trees[i].LeafCount;
        }
    }

    /// <summary>Few enough rows to stay in cache while every tree passes over them.</summary>
    public int BlockRows => 64;

    /// <summary>Position of a tree's first node.</summary>
    public int FirstNode(int tree) => roots[tree];

    /// <summary>The side a row takes at a node of the forest.</summary>
    public bool GoesLeft(int node, ReadOnlySpan<double> row)
    {
        ref readonly var at = ref nodes[node];
        return at.GoesLeft(row[at.Feature], words);
    }

    /// <summary>The leaf of a tree that a row ends in.</summary>
    public int Leaf(int tree, ReadOnlySpan<double> row)
    {
        var node = roots[tree];
        while (node >= 0)
        {
            ref readonly var at = ref nodes[node];
            node = at.GoesLeft(row[at.Feature], words) ? at.Left : at.Right;
        }

        return ~node;
    }

    /// <summary>The output of a tree for a row.</summary>
    public double Value(int tree, ReadOnlySpan<double> row) => leafValues[firstLeaves[tree] + Leaf(tree, row)];

    /// <summary>Adds the trees of a range to one sum a class, in file order, as LightGBM does.</summary>
    public void AddTo(Span<double> sums, ReadOnlySpan<double> row, TreeRange range)
    {
        for (var tree = range.First; tree < range.End; tree += sums.Length)
        {
            for (var output = 0; output < sums.Length; output++)
            {
                sums[output] += Value(tree + output, row);
            }
        }
    }

    // Trees outside, rows inside: a tree's nodes stay in cache while the block passes, and each row still sums in file order.
    void IBlockKernel.AddTo(Span<double> outputs, ReadOnlySpan<double> rows, TreeRange range)
    {
        for (var tree = range.First; tree < range.End; tree++)
        {
            for (int row = 0, place = tree % outputsPerRow; row < rows.Length; row += featureCount, place += outputsPerRow)
            {
                outputs[place] += Value(tree, rows.Slice(row, featureCount));
            }
        }
    }

    private static void CheckTrees(TreeModel model)
    {
        for (var i = 0; i < model.Trees.Length; i++)
        {
            var fault = TreeShape.FirstFault(model.Trees[i], model.FeatureCount);
            if (fault is not null)
            {
                throw new InvalidOperationException($"Tree {i} is not sound: {fault.Key} {fault.Problem}");
            }
        }
    }

    private void AddNodes(Tree tree, int firstNode, int firstWord)
    {
        for (var node = 0; node < tree.NodeCount; node++)
        {
            nodes[firstNode + node] = NodeOf(tree, node, firstNode, firstWord);
        }
    }

    /// <summary>A node of a tree as scoring reads it, for nodes and category words of the tree that start at these places.</summary>
    internal static PlainNode NodeOf(Tree tree, int node, int firstNode, int firstWord)
    {
        var decision = tree.DecisionType[node];
        var set = decision.IsCategorical ? (int)tree.Threshold[node] : -1;
        return new PlainNode(
            tree.Threshold[node],
            tree.SplitFeature[node],
            Child(tree.LeftChild[node], firstNode),
            Child(tree.RightChild[node], firstNode),
            set < 0 ? 0 : firstWord + tree.CategoryBoundaries[set],
            set < 0 ? 0 : 32.0 * (tree.CategoryBoundaries[set + 1] - tree.CategoryBoundaries[set]),
            Kind(decision),
            decision.DefaultLeft);
    }

    private static int Child(int child, int firstNode) => child < 0 ? child : firstNode + child;

    private static NodeKind Kind(DecisionType decision) => decision switch
    {
        { IsCategorical: true } => NodeKind.Category,
        { Missing: MissingType.Zero } => NodeKind.NumberMissingZero,
        { Missing: MissingType.NaN } => NodeKind.NumberMissingNaN,
        _ => NodeKind.Number,
    };
}
