namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>Lays one tree out for the kernels; without recursion, for a tree can be as deep as it has nodes.</summary>
internal sealed class ShapTreeBuilder
{
    private const int MostCurvesANode = 3;
    private readonly Tree tree;
    private readonly int firstNode;
    private readonly Dictionary<ShapColumn, int> columns;
    private readonly ShapPoints points;
    private readonly PathEdge[] edges;

    // The two edges below each edge, -1 where there is a leaf; those below the root come first.
    private readonly (int Left, int Right)[] below;
    private readonly EdgePlace[] places;
    private readonly ShapNode[] nodes;
    private readonly List<int> steps = [];
    private readonly List<(ShapCurve Kind, double Share)> curves = [];
    private int nodeCount;
    private int slotCount = 1;

    private ShapTreeBuilder(Tree tree, int firstNode, PathTree paths, ShapPoints points, Dictionary<ShapColumn, int> columns)
    {
        (this.tree, this.firstNode, this.points, this.columns) = (tree, firstNode, points, columns);
        edges = paths.Edges.ToArray();
        below = new (int, int)[edges.Length + 1];
        below.AsSpan().Fill((-1, -1));
        places = new EdgePlace[edges.Length];
        nodes = new ShapNode[tree.NodeCount];
        for (var i = 0; i < edges.Length; i++)
        {
            ref var pair = ref below[edges[i].Parent + 1];
            pair = edges[i].IsLeft ? (i, pair.Right) : (pair.Left, i);
        }
    }

    // Where an edge's mask and its gains are.
    private readonly record struct EdgePlace(int Mask, int Gains);

    private enum ShapCurve
    {
        Gain,
        InverseFactor,
    }

    /// <summary>No more curve values than this are needed for a tree.</summary>
    public static long MostCurves(Tree tree, PathTree paths) =>
        (long)tree.NodeCount * MostCurvesANode * (((paths.MostFeaturesOnAPath + 1) / 2) + ShapPoints.PassWidth - 1);

    /// <summary>Lays a tree with splits out.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="firstNode">Where its nodes start in the forest.</param>
    /// <param name="paths">Its edges.</param>
    /// <param name="points">Points enough for its paths.</param>
    /// <param name="columns">The place of each column; new ones are added.</param>
    public static ShapTree Build(Tree tree, int firstNode, PathTree paths, ShapPoints points, Dictionary<ShapColumn, int> columns) =>
        new ShapTreeBuilder(tree, firstNode, paths, points, columns).Build();

    private ShapTree Build()
    {
        var open = new Stack<(int Step, int Edge, int Slot, int FreeSlot)>();
        open.Push((0, -1, 0, 1));
        while (open.TryPop(out var way))
        {
            if (way.Step < 0)
            {
                steps.Add(way.Step);
                continue;
            }

            var node = nodeCount++;
            steps.Add(node);
            open.Push((~node, 0, 0, 0));
            AddNode(open, node, way.Edge, way.Slot, way.FreeSlot);
        }

        return new(points, nodes, [.. steps], Curves(), curves.Count * ShapPoints.PassWidth, slotCount);
    }

    private void AddNode(Stack<(int Step, int Edge, int Slot, int FreeSlot)> open, int node, int edge, int slot, int freeSlot)
    {
        var (first, second) = below[edge + 1];
        var isSwapped = IsLeaf(first) && !IsLeaf(second);
        (first, second) = isSwapped ? (second, first) : (first, second);
        var firstSlot = IsLeaf(first) ? -1 : freeSlot++;
        var secondSlot = IsLeaf(second) ? -1 : freeSlot++;
        slotCount = Math.Max(slotCount, freeSlot);
        nodes[node] = Node(first, second, isSwapped, node) with { Slot = slot, FirstSlot = firstSlot, SecondSlot = secondSlot };
        if (secondSlot >= 0)
        {
            open.Push((0, second, secondSlot, freeSlot));
        }

        if (firstSlot >= 0)
        {
            open.Push((0, first, firstSlot, freeSlot));
        }
    }

    private bool IsLeaf(int edge) => below[edge + 1].Left < 0;

    private ShapNode Node(int first, int second, bool isSwapped, int node)
    {
        var (a, b) = (edges[first], edges[second]);
        var above = a.SameFeature;
        var aboveShare = above < 0 ? 1 : edges[above].Share;
        var curve = curves.Count * ShapPoints.PassWidth;
        places[first] = new(2 * node, curve);
        places[second] = new((2 * node) + 1, curve + ShapPoints.PassWidth);
        curves.Add((ShapCurve.Gain, a.Share));
        curves.Add((ShapCurve.Gain, b.Share));
        if (above >= 0)
        {
            curves.Add((ShapCurve.InverseFactor, aboveShare));
        }

        return Decision(a.Node - firstNode) with
        {
            ForestNode = a.Node,
            FirstIsRight = Bits(isSwapped),
            Feature = a.Feature,
            FirstShare = a.Share,
            SecondShare = b.Share,
            FirstStep = a.Step,
            SecondStep = b.Step,
            FirstValue = a.LeafValue,
            SecondValue = b.LeafValue,
            EdgeAbove = above < 0 ? -1 : places[above].Mask,
            GainsAbove = above < 0 ? -1 : places[above].Gains,
            Curves = curve,
            Shape = Shape(IsLeaf(first), IsLeaf(second), above >= 0),
        };
    }

    private ShapNode Decision(int node)
    {
        var decision = tree.DecisionType[node];
        if (decision.IsCategorical)
        {
            return new() { Column = -1 };
        }

        var key = new ShapColumn(tree.SplitFeature[node], decision.Missing);
        if (!columns.TryGetValue(key, out var column))
        {
            columns.Add(key, column = columns.Count);
        }

        return new() { Column = column, Threshold = tree.Threshold[node], MissingIsLeft = Bits(decision.DefaultLeft) };
    }

    private static double Bits(bool isSet) => BitConverter.Int64BitsToDouble(isSet ? -1 : 0);

    private static ShapNodeShape Shape(bool isFirstLeaf, bool isSecondLeaf, bool isRepeated) =>
        (isFirstLeaf, isSecondLeaf) switch
        {
            (true, _) => isRepeated ? ShapNodeShape.RepeatedTwoLeaves : ShapNodeShape.TwoLeaves,
            (_, true) => isRepeated ? ShapNodeShape.RepeatedNodeAndLeaf : ShapNodeShape.NodeAndLeaf,
            _ => isRepeated ? ShapNodeShape.RepeatedTwoNodes : ShapNodeShape.TwoNodes,
        };

    private double[] Curves()
    {
        var values = new double[points.Passes * curves.Count * ShapPoints.PassWidth];
        var place = 0;
        for (var point = 0; point < points.Present.Length; point += ShapPoints.PassWidth)
        {
            foreach (var (kind, share) in curves)
            {
                for (var i = point; i < point + ShapPoints.PassWidth; i++)
                {
                    var factor = (share * points.Absent[i]) + points.Present[i];
                    values[place++] = kind == ShapCurve.Gain ? (1 - share) / factor : 1 / factor;
                }
            }
        }

        return values;
    }
}
