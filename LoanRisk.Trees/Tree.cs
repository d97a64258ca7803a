using System.Collections.Immutable;

namespace LoanRisk.Trees;

/// <summary>
/// One decision tree in LightGBM's own layout: parallel arrays, nodes in split order, node 0 the root. A child that is
/// zero or more is a node; a negative child <c>c</c> is leaf <c>~c</c>. A tree of one leaf has no nodes.
/// </summary>
public sealed record Tree
{
    /// <summary>Number of leaves, at least 1; there is one node fewer.</summary>
    public int LeafCount => LeafValue.Length;

    /// <summary>Number of internal nodes.</summary>
    public int NodeCount => SplitFeature.Length;

    /// <summary>Feature index a node splits on; one a node.</summary>
    public ImmutableArray<int> SplitFeature { get; init; } = [];

    /// <summary>Loss reduction of a node's split; kept for importance, written with 6 digits.</summary>
    public ImmutableArray<double> SplitGain { get; init; } = [];

    /// <summary>
    /// A numerical node goes left when the value is not above this; a categorical node keeps its index into
    /// <see cref="CategoryBoundaries"/> here.
    /// </summary>
    public ImmutableArray<double> Threshold { get; init; } = [];

    /// <summary>What a node decides on and where missing values go; one a node.</summary>
    public ImmutableArray<DecisionType> DecisionType { get; init; } = [];

    /// <summary>Left child of a node.</summary>
    public ImmutableArray<int> LeftChild { get; init; } = [];

    /// <summary>Right child of a node.</summary>
    public ImmutableArray<int> RightChild { get; init; } = [];

    /// <summary>Output a node would have had as a leaf; informational, written with 6 digits.</summary>
    public ImmutableArray<double> InternalValue { get; init; } = [];

    /// <summary>Sum of hessians that reached a node; informational, written with 6 digits.</summary>
    public ImmutableArray<double> InternalWeight { get; init; } = [];

    /// <summary>Training rows that reached a node; SHAP values weigh branches with these.</summary>
    public ImmutableArray<long> InternalCount { get; init; } = [];

    /// <summary>Final output of a leaf: shrinkage and the initial score are already in it.</summary>
    public ImmutableArray<double> LeafValue { get; init; } = [0];

    /// <summary>Sum of hessians in a leaf.</summary>
    public ImmutableArray<double> LeafWeight { get; init; } = [];

    /// <summary>Training rows in a leaf.</summary>
    public ImmutableArray<long> LeafCounts { get; init; } = [];

    /// <summary>
    /// Where each categorical split's words start in <see cref="CategoryBits"/>; one more entry than there are categorical splits,
    /// empty without any.
    /// </summary>
    public ImmutableArray<int> CategoryBoundaries { get; init; } = [];

    /// <summary>Bit sets of the categories that go left, 32 a word.</summary>
    public ImmutableArray<uint> CategoryBits { get; init; } = [];

    /// <summary>The learning rate the tree was scaled with; informational.</summary>
    public double Shrinkage { get; init; } = 1;
}
