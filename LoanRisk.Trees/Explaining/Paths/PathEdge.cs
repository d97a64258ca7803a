namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>The step from a node to one of its children, as explaining reads it.</summary>
/// <param name="Parent">The edge above, or -1 below the root.</param>
/// <param name="SameFeature">The nearest edge above that decides on the same feature, or -1.</param>
/// <param name="Node">The forest's node that decides.</param>
/// <param name="IsLeft">The step goes to the left child.</param>
/// <param name="Feature">The feature that decides.</param>
/// <param name="Step">Share of the node's training rows that take this step.</param>
/// <param name="Share">Share of the training rows that take this step, times the shares of all edges above on the same feature.</param>
/// <param name="LeafValue">The value of the leaf below; 0 when there is a node below.</param>
internal readonly record struct PathEdge(
    int Parent, int SameFeature, int Node, bool IsLeft, int Feature, double Step, double Share, double LeafValue);
