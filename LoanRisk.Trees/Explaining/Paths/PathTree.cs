using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>
/// A tree laid out for SHAP values: its edges from the top down (parents before children), with the shares of training
/// rows that take them.
/// </summary>
internal sealed class PathTree
{
    private readonly Tree _tree;
    private readonly List<PathEdge> _edges = [];

    /// <summary>Lays a sound tree out.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="firstNode">Where its nodes start in the forest.</param>
    /// <exception cref="InvalidOperationException">The tree has splits but no row counts.</exception>
    public PathTree(Tree tree, int firstNode)
    {
        (_tree, FirstNode) = (tree, firstNode);
        if (tree.NodeCount == 0)
        {
            BaseValue = tree.LeafValue[0];
            return;
        }

        var rows = RowCounts(tree);
        if (rows.Length == 0 || rows[0] == 0)
        {
            throw new InvalidOperationException("A tree has no leaf_count: without row counts there are no contributions");
        }

        AddEdges(rows);
        for (var leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            BaseValue += tree.LeafCounts[leaf] / rows[0] * tree.LeafValue[leaf];
        }
    }

    /// <summary>Where its nodes start in the forest.</summary>
    public int FirstNode { get; }

    /// <summary>The mean of the leaf values over the training rows.</summary>
    public double BaseValue { get; }

    /// <summary>Most different features that decide on one path.</summary>
    public int MostFeaturesOnAPath { get; private set; }

    /// <summary>Edges, parents before children.</summary>
    public ReadOnlySpan<PathEdge> Edges => CollectionsMarshal.AsSpan(_edges);

    // Training rows that reach each node, summed from the leaves so that the shares of two children make one. Where
    // LightGBM counted exactly these are its internal_count; a distributed run leaves estimates there.
    private static double[] RowCounts(Tree tree)
    {
        if (tree.LeafCounts.IsEmpty)
        {
            return [];
        }

        var order = new List<int>(tree.NodeCount) { 0 };
        for (var i = 0; i < order.Count; i++)
        {
            AddNode(order, tree.LeftChild[order[i]]);
            AddNode(order, tree.RightChild[order[i]]);
        }

        var rows = new double[tree.NodeCount];
        for (var i = order.Count - 1; i >= 0; i--)
        {
            rows[order[i]] = Rows(tree, rows, tree.LeftChild[order[i]]) + Rows(tree, rows, tree.RightChild[order[i]]);
        }

        return rows;
    }

    private static void AddNode(List<int> order, int child)
    {
        if (child >= 0)
        {
            order.Add(child);
        }
    }

    private static double Rows(Tree tree, double[] rows, int child) => child < 0 ? tree.LeafCounts[~child] : rows[child];

    private void AddEdges(double[] rows)
    {
        var featuresAbove = new List<int>();
        var open = new Stack<(int Parent, int Node, bool IsLeft)>();
        Push(open, -1, 0);
        while (open.TryPop(out var step))
        {
            var child = step.IsLeft ? _tree.LeftChild[step.Node] : _tree.RightChild[step.Node];
            var edge = Edge(step, child, rows);
            featuresAbove.Add((edge.SameFeature < 0 ? 1 : 0) + (edge.Parent < 0 ? 0 : featuresAbove[edge.Parent]));
            MostFeaturesOnAPath = Math.Max(MostFeaturesOnAPath, featuresAbove[^1]);
            _edges.Add(edge);
            if (child >= 0)
            {
                Push(open, _edges.Count - 1, child);
            }
        }
    }

    private static void Push(Stack<(int Parent, int Node, bool IsLeft)> open, int parent, int node)
    {
        open.Push((parent, node, false));
        open.Push((parent, node, true));
    }

    private PathEdge Edge((int Parent, int Node, bool IsLeft) step, int child, double[] rows)
    {
        var (parent, node, isLeft) = step;
        var feature = _tree.SplitFeature[node];
        var same = parent;
        while (same >= 0 && _edges[same].Feature != feature)
        {
            same = _edges[same].Parent;
        }

        // No training row came here: any shares that make one will do, for the path above weighs nothing.
        var stepShare = rows[node] == 0 ? 0.5 : Rows(_tree, rows, child) / rows[node];
        var share = stepShare * (same < 0 ? 1 : _edges[same].Share);
        return new(parent, same, FirstNode + node, isLeft, feature, stepShare, share, child < 0 ? _tree.LeafValue[~child] : 0);
    }
}

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
