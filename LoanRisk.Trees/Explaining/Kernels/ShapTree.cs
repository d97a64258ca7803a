namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>
/// A tree laid out for the SHAP kernels. Steps go through it depth first; entering a node gives its inner children their
/// products, leaving it sums their leaves up:
/// <code>
///  steps    node, node, ~node, node, ~node, ~node      entered, and left with its bits flipped
///  curves   pass 0 | pass 1 | ...                      a pass: gains and inverse factors of each node, 8 points each
/// </code>
/// </summary>
/// <param name="Points">The points that are exact for the tree's paths.</param>
/// <param name="Nodes">The nodes in the order they are entered.</param>
/// <param name="Steps">The way through the tree.</param>
/// <param name="Curves">See above.</param>
/// <param name="PassCurves">Curve values a pass.</param>
/// <param name="Slots">Places for products that are in use at once.</param>
internal sealed record ShapTree(ShapPoints Points, ShapNode[] Nodes, int[] Steps, double[] Curves, int PassCurves, int Slots);
