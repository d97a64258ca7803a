namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// A tree laid out for the SHAP kernels. Steps go through it depth first: a node is entered, and later left with the
/// bits of its number flipped. Curves have 8 points each:
/// <code>
///  pass 0 | pass 1 | ...      a pass: zeros, ones, then for each node two of gains, and for a repeated feature one of inverse factors
/// </code>
/// </summary>
/// <param name="Points">The points that are exact for the tree's paths.</param>
/// <param name="Nodes">The nodes in the order they are entered.</param>
/// <param name="Numbers">The nodes that compare numbers.</param>
/// <param name="Categories">The nodes that look a category's code up.</param>
/// <param name="Others">The nodes that ask the forest, for their categories' codes do not fit a byte.</param>
/// <param name="Steps">The way through the tree.</param>
/// <param name="Order">The nodes in the order they are left.</param>
/// <param name="Curves">See above.</param>
/// <param name="PassCurves">Curve values a pass.</param>
/// <param name="Slots">Nodes that are open at the same time at most.</param>
internal sealed record ShapTree(
    ShapPoints Points, ShapNode[] Nodes, int[] Numbers, int[] Categories, int[] Others, int[] Steps, int[] Order, double[] Curves, int PassCurves, int Slots);
