namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>
/// A node as kernels explain it. Its children are called first and second, in the order that puts a leaf last; so
/// a node has two inner children, an inner one and a leaf, or two leaves.
/// </summary>
internal struct ShapNode
{
    /// <summary>A number goes left when it is not above this.</summary>
    public double Threshold;

    /// <summary>All bits when missing values go left, else none.</summary>
    public double MissingIsLeft;

    /// <summary>All bits when the first child is the right one, else none.</summary>
    public double FirstIsRight;

    /// <summary>Share of the training rows that go to a child, times the shares of all edges above on the same feature.</summary>
    public double FirstShare;

    public double SecondShare;

    /// <summary>Share of the node's training rows that go to a child.</summary>
    public double FirstStep;

    public double SecondStep;

    /// <summary>The value of a child that is a leaf.</summary>
    public double FirstValue;

    public double SecondValue;

    /// <summary>The column of a number; -1 for a category.</summary>
    public int Column;

    /// <summary>The node of the forest.</summary>
    public int ForestNode;

    public int Feature;

    /// <summary>Place of the node's products, and later sums.</summary>
    public int Slot;

    public int FirstSlot;

    public int SecondSlot;

    /// <summary>The nearest edge above on the same feature, 2 * node, and 1 more where it leads to the second child; -1 without one.</summary>
    public int EdgeAbove;

    /// <summary>Gains of the edge above, within a pass.</summary>
    public int GainsAbove;

    /// <summary>Within a pass: 8 gains where the row follows to the first child, 8 for the second, and for a repeated feature 8 inverse factors of the edge above.</summary>
    public int Curves;

    public ShapNodeShape Shape;
}

/// <summary>Children of a node, and whether an edge above decides on its feature too.</summary>
internal enum ShapNodeShape : byte
{
    TwoNodes,
    NodeAndLeaf,
    TwoLeaves,
    RepeatedTwoNodes,
    RepeatedNodeAndLeaf,
    RepeatedTwoLeaves,
}
