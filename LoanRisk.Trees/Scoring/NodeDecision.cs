using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Scoring;

/// <summary>The side a value takes at one node, for reasoning about trees; to score rows use the model.</summary>
public static class NodeDecision
{
    /// <summary>True when a row with this value of the node's feature goes left.</summary>
    /// <param name="tree">A sound tree, as a model that was read has them.</param>
    /// <param name="node">A node of it.</param>
    /// <param name="value">The feature's value; NaN is missing.</param>
    public static bool GoesLeft(this Tree tree, int node, double value) =>
        PlainForest.NodeOf(tree, node, firstNode: 0, firstWord: 0).GoesLeft(value, tree.CategoryBits.AsSpan());

    /// <summary>LightGBM reads what is not further from zero than this as zero.</summary>
    public const double ZeroReach = ZeroBand.Edge;
}
