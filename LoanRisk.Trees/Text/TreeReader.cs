using System.Collections.Immutable;

namespace LoanRisk.Trees.Text;

/// <summary>Reads one tree, from its <c>Tree=</c> line to its first empty line.</summary>
internal static class TreeReader
{
    public static readonly string[] Keys =
    [
        "num_leaves", "num_cat", "split_feature", "split_gain", "threshold", "decision_type", "left_child", "right_child",
        "leaf_value", "leaf_weight", "leaf_count", "internal_value", "internal_weight", "internal_count",
        "cat_boundaries", "cat_threshold", "is_linear", "shrinkage",
    ];

    private static readonly string[] LinearKeys = ["leaf_const", "num_features", "leaf_features", "leaf_coeff"];

    public static Tree Read(ModelLines lines, int index, int featureCount)
    {
        var title = lines.Keyed();
        if (title.Integer(0, int.MaxValue) != index)
        {
            throw title.Fault($"tree {title.Text} stands where tree {index} is due");
        }

        var keyed = ReadLines(lines, index);
        var leaves = keyed.Require("num_leaves").Integer(1, int.MaxValue);
        CheckLengths(keyed, leaves);
        var tree = Build(keyed, leaves);
        var fault = TreeShape.FirstFault(tree, featureCount);
        return fault is null ? tree : throw keyed.Fault(fault.Key, fault.Problem);
    }

    private static KeyedLines ReadLines(ModelLines lines, int index)
    {
        var keyed = new KeyedLines(lines.Number, $"tree {index}", Keys);
        lines.Advance();
        while (!lines.AtEnd && !lines.Current.IsEmpty)
        {
            var line = keyed.Split(lines);
            if (LinearKeys.Contains(line.Key) || (line.Key == "is_linear" && line.Integer(0, 1) == 1))
            {
                throw line.Fault("a tree with linear models in its leaves is not read; train with linear_tree=false");
            }

            keyed.Add(line);
            lines.Advance();
        }

        return lines.AtEnd ? throw new ModelFormatException(lines.Number, "Tree", $"the text ends inside tree {index}") : keyed;
    }

    private static void CheckLengths(KeyedLines keyed, int leaves)
    {
        if (leaves == 1)
        {
            return;
        }

        // LightGBM needs these of every tree with a split; an absent line would otherwise read as an empty array.
        foreach (var key in (ReadOnlySpan<string>)["split_feature", "threshold", "left_child", "right_child"])
        {
            keyed.Require(key);
        }
    }

    private static Tree Build(KeyedLines keyed, int leaves)
    {
        var values = keyed.Require("leaf_value");
        var leafValue = values.Numbers();
        if (leafValue.Length != leaves)
        {
            throw values.Fault($"has {leafValue.Length} values, num_leaves says {leaves}");
        }

        var splitFeature = Integers(keyed, "split_feature");
        return new Tree
        {
            SplitFeature = splitFeature,
            SplitGain = Numbers(keyed, "split_gain"),
            Threshold = Numbers(keyed, "threshold"),
            DecisionType = keyed.TryGet("decision_type", out var decisions) ? decisions.Decisions() : NumericalWithoutMissing(
                splitFeature.Length),
            LeftChild = Integers(keyed, "left_child"),
            RightChild = Integers(keyed, "right_child"),
            InternalValue = Numbers(keyed, "internal_value"),
            InternalWeight = Numbers(keyed, "internal_weight"),
            InternalCount = Counts(keyed, "internal_count"),
            LeafValue = leafValue,
            LeafWeight = Numbers(keyed, "leaf_weight"),
            LeafCounts = Counts(keyed, "leaf_count"),
            CategoryBoundaries = Boundaries(keyed),
            CategoryBits = keyed.TryGet("cat_threshold", out var words) ? words.Words() : [],
            Shrinkage = keyed.TryGet("shrinkage", out var shrinkage) ? shrinkage.Number() : 1,
        };
    }

    private static ImmutableArray<int> Boundaries(KeyedLines keyed)
    {
        var splits = keyed.Require("num_cat");
        var count = splits.Integer(0, int.MaxValue - 1);
        var boundaries = Integers(keyed, "cat_boundaries");
        var expected = count == 0 ? 0 : count + 1;
        return boundaries.Length == expected
            ? boundaries
            : throw splits.Fault($"{count} categorical splits need {expected} cat_boundaries, there are {boundaries.Length}");
    }

    private static ImmutableArray<DecisionType> NumericalWithoutMissing(int count) => [.. new DecisionType[count]];

    private static ImmutableArray<double> Numbers(KeyedLines keyed, string key) => keyed.TryGet(key, out var line) ? line.Numbers() : [];

    private static ImmutableArray<int> Integers(KeyedLines keyed, string key) => keyed.TryGet(key, out var line) ? line.Integers() : [];

    private static ImmutableArray<long> Counts(KeyedLines keyed, string key) => keyed.TryGet(key, out var line) ? line.Counts() : [];
}
