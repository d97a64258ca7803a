using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>
/// A tree over ML.NET's feature vector, in LightGBM's layout, such that ML.NET's import of it takes every float row to the engine's leaf.
/// </summary>
internal static class SlotTree
{
    /// <summary>Above every number of a column that ML.NET can part missing from; one more is still another float.</summary>
    private const float LargestTold = 16_777_215;

    private static readonly DecisionType Comparison = DecisionType.Of(false, false, MissingType.None);

    /// <summary>A tree of one leaf: ML.NET needs a split, and both its leaves say the same.</summary>
    public static Tree OfOneLeaf(double value) => new()
    {
        SplitFeature = [0],
        SplitGain = [0],
        Threshold = [0],
        DecisionType = [Comparison],
        LeftChild = [~0],
        RightChild = [~1],
        LeafValue = [value, value],
    };

    /// <summary>Takes a tree of the model over.</summary>
    /// <exception cref="NotExpressibleException">ML.NET has no tree with the same sides.</exception>
    public static Tree Of(Tree tree, int index, InputSchema schema)
    {
        if (tree.NodeCount == 0)
        {
            return OfOneLeaf(tree.LeafValue[0]);
        }

        var splits = new SlotSplits(schema, index, tree);
        var nodes = Enumerable.Range(0, tree.NodeCount).Select(splits.Of).ToArray();
        return Build(tree, Bounded(nodes, tree, splits, schema));
    }

    // Missing goes right at a split that ML.NET cannot add 1 to: the threshold may come down to where all numbers still go left, or
    // nothing in the tree goes left when missing, and ML.NET then sends missing values right everywhere.
    private static SlotSplit[] Bounded(SlotSplit[] nodes, Tree tree, SlotSplits splits, InputSchema schema)
    {
        var lowered = new SlotSplit[nodes.Length];
        var noneLeft = nodes.All(node => node.Missing != MissingSide.Left);
        var stuck = -1;
        for (var i = 0; i < nodes.Length; i++)
        {
            var isOpen = NeedsOneMore(nodes[i]) && !FloatThreshold.CanSendMissingRight(nodes[i].Threshold);
            var isBounded = isOpen && schema.Columns[tree.SplitFeature[i]].Largest <= LargestTold;
            lowered[i] = isBounded ? nodes[i] with { Threshold = LargestTold } : nodes[i];
            stuck = isOpen && !isBounded ? i : stuck;
        }

        if (stuck < 0)
        {
            return lowered;
        }

        return noneLeft
            ? [.. nodes.Select(node => node with { Missing = MissingSide.None })]
            : throw splits.Refused(
                stuck,
                schema.Columns[tree.SplitFeature[stuck]],
                $"sends missing values right at {nodes[stuck].Threshold:R}, which ML.NET can only below 2^24, and no largest value of the "
                    + "column allows a lower threshold");
    }

    // Below zero ML.NET's reading of missing as 0 does.
    private static bool NeedsOneMore(SlotSplit split) => split.Missing == MissingSide.Right && split.Threshold >= 0;

    private static Tree Build(Tree tree, SlotSplit[] nodes)
    {
        var (boundaries, words) = (new List<int> { 0 }, new List<uint>());
        var thresholds = new double[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            thresholds[i] = nodes[i].Set.IsDefault ? nodes[i].Threshold : boundaries.Count - 1;
            if (!nodes[i].Set.IsDefault)
            {
                words.AddRange(Words(nodes[i].Set));
                boundaries.Add(words.Count);
            }
        }

        return new Tree
        {
            SplitFeature = [.. nodes.Select(node => node.Slot)],
            SplitGain = tree.SplitGain.IsEmpty ? [.. new double[nodes.Length]] : tree.SplitGain,
            Threshold = [.. thresholds],
            DecisionType = [.. nodes.Select(Decision)],
            LeftChild = [.. nodes.Select((node, i) => node.IsSwapped ? tree.RightChild[i] : tree.LeftChild[i])],
            RightChild = [.. nodes.Select((node, i) => node.IsSwapped ? tree.LeftChild[i] : tree.RightChild[i])],
            LeafValue = tree.LeafValue,
            CategoryBoundaries = boundaries.Count > 1 ? [.. boundaries] : [],
            CategoryBits = [.. words],
        };
    }

    private static DecisionType Decision(SlotSplit split) => split switch
    {
        { Set.IsDefault: false } => DecisionType.Of(true, false, MissingType.None),
        { Missing: MissingSide.Left } => DecisionType.Of(false, true, MissingType.NaN),
        _ => NeedsOneMore(split) ? DecisionType.Of(false, false, MissingType.NaN) : Comparison,
    };

    private static uint[] Words(ImmutableArray<int> set)
    {
        var words = new uint[(set[^1] / 32) + 1];
        foreach (var category in set)
        {
            words[category >> 5] |= 1u << (category & 31);
        }

        return words;
    }
}
