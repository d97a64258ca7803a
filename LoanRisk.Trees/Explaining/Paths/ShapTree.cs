namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// A tree laid out for the SHAP kernels. Steps go through it depth first: a node is entered, and later left with the
/// bits of its number flipped. Curves have 8 points each:
/// <code>
///  pass 0 | pass 1 | ...      a pass: zeros, ones, then for each node two of gains, and for a repeated feature one of inverse factors
/// </code>
/// </summary>
internal sealed class ShapTree
{
    /// <summary>The points that are exact for the tree's paths.</summary>
    public required ShapPoints Points { get; init; }

    /// <summary>The nodes in the order they are entered.</summary>
    public required ShapNode[] Nodes { get; init; }

    /// <summary>The nodes that compare numbers.</summary>
    public required int[] Numbers { get; init; }

    /// <summary>The nodes that look a category's code up.</summary>
    public required int[] Categories { get; init; }

    /// <summary>The nodes that ask the forest, for their categories' codes do not fit a byte.</summary>
    public required int[] Others { get; init; }

    /// <summary>The way through the tree.</summary>
    public required int[] Steps { get; init; }

    /// <summary>The nodes in the order they are left.</summary>
    public required int[] Order { get; init; }

    /// <summary>See above.</summary>
    public required double[] Curves { get; init; }

    /// <summary>Curve values a pass.</summary>
    public required int PassCurves { get; init; }

    /// <summary>Nodes that are open at the same time at most.</summary>
    public required int Slots { get; init; }
}
