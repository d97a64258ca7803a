namespace LoanRisk.Trees.Scoring.Plain;

/// <summary>
/// The trees of a model laid out for scoring: the nodes of all trees in one array, walked from root to leaf. Immutable.
/// This is the plain form, the reference for every faster one.
/// </summary>
internal sealed class PlainForest : IRowKernel, IBlockKernel
{
    private readonly PlainNode[] _nodes;
    private readonly uint[] _words;
    private readonly double[] _leafValues;
    private readonly int[] _roots;
    private readonly int[] _firstLeaves;
    private readonly int _featureCount;
    private readonly int _outputsPerRow;

    /// <summary>Lays the trees out.</summary>
    /// <exception cref="InvalidOperationException">A tree is not sound.</exception>
    public PlainForest(TreeModel model)
    {
        var trees = model.Trees;
        (_featureCount, _outputsPerRow) = (model.FeatureCount, model.OutputCount);
        CheckTrees(model);
        _nodes = new PlainNode[trees.Sum(static tree => tree.NodeCount)];
        _words = new uint[trees.Sum(static tree => tree.CategoryBits.Length)];
        _leafValues = new double[trees.Sum(static tree => tree.LeafCount)];
        _roots = new int[trees.Length];
        _firstLeaves = new int[trees.Length];
        var (firstNode, firstWord, firstLeaf) = (0, 0, 0);
        for (var i = 0; i < trees.Length; i++)
        {
            _roots[i] = trees[i].NodeCount == 0 ? ~0 : firstNode;
            _firstLeaves[i] = firstLeaf;
            trees[i].CategoryBits.CopyTo(_words, firstWord);
            trees[i].LeafValue.CopyTo(_leafValues, firstLeaf);
            AddNodes(trees[i], firstNode, firstWord);
            firstNode += trees[i].NodeCount;
            firstWord += trees[i].CategoryBits.Length;
            firstLeaf += trees[i].LeafCount;
        }
    }

    /// <summary>Few enough rows to stay in cache while every tree passes over them.</summary>
    public int BlockRows => 64;

    /// <summary>Position of a tree's first node.</summary>
    public int FirstNode(int tree) => _roots[tree];

    /// <summary>The side a row takes at a node of the forest.</summary>
    public bool GoesLeft(int node, ReadOnlySpan<double> row)
    {
        ref readonly var at = ref _nodes[node];
        return at.GoesLeft(row[at.Feature], _words);
    }

    /// <summary>The leaf of a tree that a row ends in.</summary>
    public int Leaf(int tree, ReadOnlySpan<double> row)
    {
        var node = _roots[tree];
        while (node >= 0)
        {
            ref readonly var at = ref _nodes[node];
            node = at.GoesLeft(row[at.Feature], _words) ? at.Left : at.Right;
        }

        return ~node;
    }

    /// <summary>The output of a tree for a row.</summary>
    public double Value(int tree, ReadOnlySpan<double> row) => _leafValues[_firstLeaves[tree] + Leaf(tree, row)];

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
            for (int row = 0, place = tree % _outputsPerRow; row < rows.Length; row += _featureCount, place += _outputsPerRow)
            {
                outputs[place] += Value(tree, rows.Slice(row, _featureCount));
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
            _nodes[firstNode + node] = NodeOf(tree, node, firstNode, firstWord);
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
