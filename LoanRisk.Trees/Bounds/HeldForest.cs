using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Bounds;

/// <summary>
/// What is left of a model's trees once most features are held at a row's values: splits on the free features alone, and a sum of the
/// trees that have none. Immutable.
/// </summary>
public sealed class HeldForest
{
    // A set of categories is looked up by the whole part of a value, and everything not above this is in none.
    private const double BelowCategories = -1;

    private readonly List<HeldTree> _trees = [];
    private readonly int[] _placeOf;
    private readonly double[] _row;

    private HeldForest(TreeModel model, ReadOnlySpan<double> row, IReadOnlyList<int> free)
    {
        (Model, Free, _row) = (model, free, row.ToArray());
        _placeOf = new int[model.FeatureCount];
        Array.Fill(_placeOf, -1);
        for (var place = 0; place < free.Count; place++)
        {
            _placeOf[free[place]] = place;
        }

        foreach (var tree in model.Trees)
        {
            Add(tree);
        }
    }

    /// <summary>Features that are free, by their places in a row.</summary>
    public IReadOnlyList<int> Free { get; }

    /// <summary>The model.</summary>
    internal TreeModel Model { get; }

    /// <summary>The trees that still split, in file order.</summary>
    internal IReadOnlyList<HeldTree> Trees => _trees;

    /// <summary>The sum of the trees that do not.</summary>
    internal double Fixed { get; private set; }

    /// <summary>Holds all features but the free ones.</summary>
    /// <param name="model">A sound model with one output.</param>
    /// <param name="row">The values; NaN is missing. Those of free features do not count.</param>
    /// <param name="free">Places of the free features, each once.</param>
    /// <exception cref="ArgumentException">The row does not have as many values as the model has features.</exception>
    public static HeldForest Of(TreeModel model, ReadOnlySpan<double> row, IReadOnlyList<int> free) =>
        row.Length == model.FeatureCount
            ? new(model, row, free)
            : throw new ArgumentException($"has {row.Length} values, the model has {model.FeatureCount} features", nameof(row));

    /// <summary>
    /// Where the remaining splits cut a free feature, rising: two numbers that no cut divides end in the same leaves. A number that equals
    /// a cut lies below it.
    /// </summary>
    /// <param name="place">The feature's place in <see cref="Free"/>.</param>
    public IReadOnlyList<double> Cuts(int place)
    {
        var cuts = new SortedSet<double>();
        foreach (var tree in _trees)
        {
            foreach (var node in tree.Nodes)
            {
                if (node.Place == place)
                {
                    AddCuts(cuts, tree.Source, node.Source);
                }
            }
        }

        return [.. cuts];
    }

    /// <summary>The trees over a few values of each free feature.</summary>
    /// <param name="choices">One list a free feature, none empty.</param>
    public ChoiceForest Over(IReadOnlyList<double[]> choices) => new(this, choices);

    private static void AddCuts(SortedSet<double> cuts, Tree tree, int node)
    {
        var decision = tree.DecisionType[node];
        if (decision.IsCategorical)
        {
            AddCategories(cuts, tree, (int)tree.Threshold[node]);
            return;
        }

        cuts.Add(Layout.NumberColumn.Effective(tree.Threshold[node]));
        if (decision.Missing == MissingType.Zero)
        {
            cuts.Add(Math.BitDecrement(-ZeroBand.Edge));
            cuts.Add(ZeroBand.Edge);
        }
    }

    private static void AddCategories(SortedSet<double> cuts, Tree tree, int set)
    {
        cuts.Add(BelowCategories);
        var categories = 32 * (tree.CategoryBoundaries[set + 1] - tree.CategoryBoundaries[set]);
        for (var category = 1; category <= categories; category++)
        {
            cuts.Add(Math.BitDecrement(category));
        }
    }

    private void Add(Tree tree)
    {
        var root = Follow(tree, tree.NodeCount == 0 ? ~0 : 0);
        if (root < 0)
        {
            Fixed += tree.LeafValue[~root];
            return;
        }

        List<HeldNode> nodes = [new(root, PlaceOf(tree, root), 0, 0)];
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            var left = Take(tree, nodes, tree.LeftChild[node.Source]);
            nodes[i] = node with { Left = left, Right = Take(tree, nodes, tree.RightChild[node.Source]) };
        }

        _trees.Add(new HeldTree(tree, [.. nodes]));
    }

    private int Take(Tree tree, List<HeldNode> nodes, int child)
    {
        var next = Follow(tree, child);
        if (next >= 0)
        {
            nodes.Add(new(next, PlaceOf(tree, next), 0, 0));
        }

        return next < 0 ? next : nodes.Count - 1;
    }

    // Down to the next split on a free feature, or to a leaf.
    private int Follow(Tree tree, int child)
    {
        while (child >= 0 && PlaceOf(tree, child) < 0)
        {
            child = tree.GoesLeft(child, _row[tree.SplitFeature[child]]) ? tree.LeftChild[child] : tree.RightChild[child];
        }

        return child;
    }

    private int PlaceOf(Tree tree, int node) => _placeOf[tree.SplitFeature[node]];
}

/// <summary>A tree with its remaining splits.</summary>
/// <param name="Source">The whole tree.</param>
/// <param name="Nodes">The splits that are left, each before those below it.</param>
internal sealed record HeldTree(Tree Source, HeldNode[] Nodes);

/// <summary>A remaining split.</summary>
/// <param name="Source">The node of the whole tree.</param>
/// <param name="Place">The free feature.</param>
/// <param name="Left">A place in <see cref="HeldTree.Nodes"/>, or <c>~leaf</c> of the whole tree.</param>
/// <param name="Right">As <paramref name="Left"/>.</param>
internal readonly record struct HeldNode(int Source, int Place, int Left, int Right);
