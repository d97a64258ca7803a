namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// A node as kernels explain it. Its children are called first and second, in the order that puts a leaf last; so
/// a node has two inner children, an inner one and a leaf, or two leaves.
/// </summary>
internal struct ShapNode
{
    /// <summary>A number goes left when it is not above this.</summary>
    public double Threshold;

    /// <summary>All bits when missing values go left, else none.</summary>
    public long MissingIsLeft;

    /// <summary>All bits when the first child is the right one, else none.</summary>
    public long FirstIsRight;

    /// <summary>Share of the training rows that go to a child, times the shares of all edges above on the same feature.</summary>
    public double FirstShare;

    public double SecondShare;

    /// <summary>Share of the node's training rows that go to a child.</summary>
    public double FirstStep;

    public double SecondStep;

    /// <summary>The value of a child that is a leaf; 1 for an inner child.</summary>
    public double FirstValue;

    public double SecondValue;

    /// <summary>The column that decides.</summary>
    public int Column;

    /// <summary>For a category, where the set of codes that go left starts.</summary>
    public int Set;

    /// <summary>The node of the forest.</summary>
    public int ForestNode;

    public int Feature;

    /// <summary>The edge to the first child, 1 + 2 * node; the second one's is next to it.</summary>
    public int FirstEdge;

    /// <summary>The edge to the node; 0 for the root.</summary>
    public int Edge;

    /// <summary>The nearest edge above on the same feature; 0 without one.</summary>
    public int EdgeAbove;

    /// <summary>Places for the products of those nodes only that are open at the same time.</summary>
    public int Slot;

    public int FirstSlot;

    public int SecondSlot;

    /// <summary>Curve of the gains of an edge that the row follows, for the first child; the second one's is next to it.</summary>
    public int Gains;

    /// <summary>Curve of the gains of the edge above: zeros without one.</summary>
    public int GainsAbove;

    /// <summary>Curve of the inverse factors of the edge above: ones without one.</summary>
    public int Inverses;

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
