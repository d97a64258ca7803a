using System.Collections.Immutable;

namespace LoanRisk.Trees;

/// <summary>
/// Everything that scoring and explaining take for granted about a tree: arrays of one length, indices in range, and
/// children that form one tree. Written without recursion, for a chain of splits can be as deep as the tree has nodes.
/// </summary>
internal static class TreeShape
{
    // Counts above this are no longer whole numbers as doubles, which SHAP values divide.
    private const long LargestCount = 1L << 53;

    /// <summary>The first fault of a tree, or null when there is none.</summary>
    public static TreeFault? FirstFault(Tree tree, int featureCount) =>
        LengthFault(tree) ?? NumberFault(tree) ?? CategoryFault(tree) ?? NodeFault(tree, featureCount) ?? ChildFault(tree);

    private static TreeFault? LengthFault(Tree tree)
    {
        if (tree.LeafValue.IsDefaultOrEmpty)
        {
            return new("leaf_value", "a tree has at least one leaf");
        }

        var leaves = tree.LeafValue.Length;
        var nodes = leaves - 1;
        return Length("split_feature", tree.SplitFeature, nodes)
            ?? Length("threshold", tree.Threshold, nodes)
            ?? Length("decision_type", tree.DecisionType, nodes)
            ?? Length("left_child", tree.LeftChild, nodes)
            ?? Length("right_child", tree.RightChild, nodes)
            ?? OptionalLength("split_gain", tree.SplitGain, nodes)
            ?? OptionalLength("internal_value", tree.InternalValue, nodes)
            ?? OptionalLength("internal_weight", tree.InternalWeight, nodes)
            ?? OptionalLength("internal_count", tree.InternalCount, nodes)
            ?? OptionalLength("leaf_weight", tree.LeafWeight, leaves)
            ?? OptionalLength("leaf_count", tree.LeafCounts, leaves)
            ?? OptionalLength("cat_boundaries", tree.CategoryBoundaries,
                tree.CategoryBoundaries.IsDefault ? -1 : tree.CategoryBoundaries.Length)
            ?? OptionalLength("cat_threshold", tree.CategoryBits, tree.CategoryBits.IsDefault ? -1 : tree.CategoryBits.Length);
    }

    private static TreeFault? Length<T>(string key, ImmutableArray<T> values, int expected) =>
        !values.IsDefault && values.Length == expected
            ? null
            : new(key, $"has {(values.IsDefault ? 0 : values.Length)} values, this tree needs {expected}");

    private static TreeFault? OptionalLength<T>(string key, ImmutableArray<T> values, int expected) =>
        !values.IsDefault && values.IsEmpty ? null : Length(key, values, expected);

    private static TreeFault? NumberFault(Tree tree)
    {
        foreach (var value in tree.LeafValue)
        {
            if (!double.IsFinite(value))
            {
                return new("leaf_value", $"{value} is not a finite number");
            }
        }

        return CountFault("leaf_count", tree.LeafCounts) ?? CountFault("internal_count", tree.InternalCount);
    }

    private static TreeFault? CountFault(string key, ImmutableArray<long> counts)
    {
        foreach (var count in counts)
        {
            if (count is < 0 or > LargestCount)
            {
                return new(key, $"{count} is not a number of rows (0 to {LargestCount})");
            }
        }

        return null;
    }

    private static TreeFault? CategoryFault(Tree tree)
    {
        var boundaries = tree.CategoryBoundaries;
        if (boundaries.IsEmpty)
        {
            return tree.CategoryBits.IsEmpty ? null : new("cat_threshold", "there are category words but no cat_boundaries");
        }

        if (boundaries.Length < 2 || boundaries[0] != 0)
        {
            return new("cat_boundaries", "must start with 0 and have one more entry than there are categorical splits");
        }

        for (var i = 1; i < boundaries.Length; i++)
        {
            if (boundaries[i] < boundaries[i - 1])
            {
                return new("cat_boundaries", $"{boundaries[i]} after {boundaries[i - 1]}: the boundaries must not fall");
            }
        }

        return boundaries[^1] == tree.CategoryBits.Length
            ? null
            : new("cat_boundaries", $"ends at {boundaries[^1]}, but cat_threshold has {tree.CategoryBits.Length} words");
    }

    private static TreeFault? NodeFault(Tree tree, int featureCount)
    {
        var categoricalSplits = Math.Max(0, tree.CategoryBoundaries.Length - 1);
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var fault = NodeFault(tree, node, featureCount, categoricalSplits);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static TreeFault? NodeFault(Tree tree, int node, int featureCount, int categoricalSplits)
    {
        var feature = tree.SplitFeature[node];
        if (feature < 0 || feature >= featureCount)
        {
            return new("split_feature", $"node {node} splits on feature {feature}; the model has features 0 to {featureCount - 1}");
        }

        var decision = tree.DecisionType[node];
        if (decision.Bits > 15 || decision.Missing > MissingType.NaN)
        {
            return new("decision_type",
                $"node {node} has {decision.Bits}; bit 0 is categorical, bit 1 default left, bits 2 and 3 the missing type (0 to 2)");
        }

        var threshold = tree.Threshold[node];
        if (double.IsNaN(threshold))
        {
            return new("threshold", $"node {node} has nan");
        }

        return decision.IsCategorical && !(threshold >= 0 && threshold < categoricalSplits && threshold == Math.Floor(threshold))
            ? new("threshold", $"categorical node {node} names split {threshold}; the tree has {categoricalSplits} categorical splits")
            : null;
    }

    private static TreeFault? ChildFault(Tree tree)
    {
        var nodeSeen = new bool[tree.NodeCount];
        var leafSeen = new bool[tree.LeafCount];
        return EdgeFault("left_child", tree.LeftChild, nodeSeen, leafSeen)
            ?? EdgeFault("right_child", tree.RightChild, nodeSeen, leafSeen)
            ?? CircleFault(tree);
    }

    private static TreeFault? EdgeFault(string key, ImmutableArray<int> children, bool[] nodeSeen, bool[] leafSeen)
    {
        for (var node = 0; node < children.Length; node++)
        {
            var child = children[node];
            var (seen, place) = child >= 0 ? (nodeSeen, child) : (leafSeen, ~child);
            if (place >= seen.Length || child == 0)
            {
                return new(key, $"node {node} has child {child}; nodes are 1 to {nodeSeen.Length - 1}, leaves -1 to {-leafSeen.Length}");
            }

            if (seen[place])
            {
                return new(key, $"node {node} has child {child}, which has another parent");
            }

            seen[place] = true;
        }

        return null;
    }

    // Every node has one parent by now, so a node that the root does not reach stands in a circle.
    private static TreeFault? CircleFault(Tree tree)
    {
        if (tree.NodeCount == 0)
        {
            return null;
        }

        var reached = 0;
        var open = new Stack<int>();
        open.Push(0);
        while (open.TryPop(out var node))
        {
            reached++;
            PushNode(open, tree.LeftChild[node]);
            PushNode(open, tree.RightChild[node]);
        }

        return reached == tree.NodeCount
            ? null
            : new("left_child", $"{tree.NodeCount - reached} nodes form a circle that the root does not reach");
    }

    private static void PushNode(Stack<int> open, int child)
    {
        if (child >= 0)
        {
            open.Push(child);
        }
    }
}

/// <summary>What is wrong with a tree: the array, under its key in the model text, and the problem in words.</summary>
internal sealed record TreeFault(string Key, string Problem);
