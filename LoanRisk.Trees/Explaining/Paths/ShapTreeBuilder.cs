namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>Lays one tree with splits out for the kernels; without recursion, for a tree can be as deep as it has nodes.</summary>
internal sealed class ShapTreeBuilder
{
    private const int Zeros = 0;
    private const int Ones = 1;
    private const int MostCurvesANode = 3;
    private readonly TreeModel _model;
    private readonly int _number;
    private readonly int _firstNode;
    private readonly ShapColumns _columns;
    private readonly ShapPoints _points;
    private readonly PathEdge[] _edges;

    // The two edges below each edge, -1 where there is a leaf; those below the root come first.
    private readonly (int Left, int Right)[] _below;

    // Where kernels have an edge's mask, and the curve of its gains.
    private readonly (int Edge, int Gains)[] _places;
    private readonly ShapNode[] _nodes;
    private readonly List<int> _steps = [];
    private readonly List<(ShapCurve Kind, double Share)> _curves = [(ShapCurve.Zeros, 0), (ShapCurve.Ones, 0)];
    private int _nodeCount;
    private int _slotCount = 1;

    /// <summary>Prepares to lay a tree out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="number">The tree's number.</param>
    /// <param name="paths">Its edges.</param>
    /// <param name="points">Points enough for its paths.</param>
    /// <param name="columns">Gets the columns its nodes read.</param>
    public ShapTreeBuilder(TreeModel model, int number, PathTree paths, ShapPoints points, ShapColumns columns)
    {
        (_model, _number, _firstNode, _points, _columns) = (model, number, paths.FirstNode, points, columns);
        _edges = paths.Edges.ToArray();
        _below = new (int, int)[_edges.Length + 1];
        _below.AsSpan().Fill((-1, -1));
        _places = new (int, int)[_edges.Length];
        _nodes = new ShapNode[_edges.Length / 2];
        for (var i = 0; i < _edges.Length; i++)
        {
            ref var pair = ref _below[_edges[i].Parent + 1];
            pair = _edges[i].IsLeft ? (i, pair.Right) : (pair.Left, i);
        }
    }

    private enum ShapCurve
    {
        Zeros,
        Ones,
        Gain,
        InverseFactor,
    }

    /// <summary>A tree of so many nodes and features on a path needs no more curve values than this.</summary>
    public static long MostCurves(int nodes, int features) =>
        (long)(nodes + 1) * MostCurvesANode * (((features + 1) / 2) + ShapPoints.PassWidth - 1);

    public ShapTree Build()
    {
        var open = new Stack<(int Step, int Edge, int Place, int Slot, int FreeSlot)>();
        open.Push((0, -1, 0, 0, 1));
        while (open.TryPop(out var way))
        {
            if (way.Step < 0)
            {
                _steps.Add(way.Step);
                continue;
            }

            var node = _nodeCount++;
            _steps.Add(node);
            open.Push((~node, 0, 0, 0, 0));
            var (first, second) = FirstAndSecond(way.Edge);
            var firstSlot = way.FreeSlot;
            var secondSlot = firstSlot + (IsLeaf(first) ? 0 : 1);
            var freeSlot = secondSlot + (IsLeaf(second) ? 0 : 1);
            _nodes[node] = Node(node, first, second) with
            {
                Edge = way.Place,
                Slot = way.Slot,
                FirstSlot = firstSlot,
                SecondSlot = secondSlot,
            };
            _slotCount = Math.Max(_slotCount, freeSlot);
            Open(open, second, secondSlot, freeSlot);
            Open(open, first, firstSlot, freeSlot);
        }

        var all = Enumerable.Range(0, _nodes.Length);
        return new()
        {
            Points = _points,
            Nodes = _nodes,
            Numbers = [.. all.Where(node => !IsCategorical(node))],
            Categories = [.. all.Where(node => IsCategorical(node) && _nodes[node].Set >= 0)],
            Others = [.. all.Where(node => IsCategorical(node) && _nodes[node].Set < 0)],
            Steps = [.. _steps],
            Order = [.. _steps.Where(static step => step < 0).Select(static step => ~step)],
            Curves = Curves(),
            PassCurves = _curves.Count * ShapPoints.PassWidth,
            Slots = _slotCount,
        };
    }

    private void Open(Stack<(int Step, int Edge, int Place, int Slot, int FreeSlot)> open, int edge, int slot, int freeSlot)
    {
        if (!IsLeaf(edge))
        {
            open.Push((0, edge, _places[edge].Edge, slot, freeSlot));
        }
    }

    private (int First, int Second) FirstAndSecond(int edge)
    {
        var (left, right) = _below[edge + 1];
        return IsLeaf(left) && !IsLeaf(right) ? (right, left) : (left, right);
    }

    private bool IsLeaf(int edge) => _below[edge + 1].Left < 0;

    private bool IsCategorical(int node) => _model.Trees[_number].DecisionType[_nodes[node].ForestNode - _firstNode].IsCategorical;

    private ShapNode Node(int node, int first, int second)
    {
        var (a, b, above) = (_edges[first], _edges[second], _edges[first].SameFeature);
        var local = a.Node - _firstNode;
        var (column, set) = _columns.Of(_model, _number, local);
        return new()
        {
            Threshold = _model.Trees[_number].Threshold[local],
            MissingIsLeft = _model.Trees[_number].DecisionType[local].DefaultLeft ? -1 : 0,
            FirstIsRight = a.IsLeft ? 0 : -1,
            FirstShare = a.Share,
            SecondShare = b.Share,
            FirstStep = a.Step,
            SecondStep = b.Step,
            FirstValue = IsLeaf(first) ? a.LeafValue : 1,
            SecondValue = IsLeaf(second) ? b.LeafValue : 1,
            Column = column,
            Set = set,
            ForestNode = a.Node,
            Feature = a.Feature,
            FirstEdge = 1 + (2 * node),
            EdgeAbove = above < 0 ? 0 : _places[above].Edge,
            Gains = AddGains(node, first, second),
            GainsAbove = above < 0 ? Zeros : _places[above].Gains,
            Inverses = above < 0 ? Ones * ShapPoints.PassWidth : AddCurve(ShapCurve.InverseFactor, _edges[above].Share),
            Shape = Shape(IsLeaf(first), IsLeaf(second), above >= 0),
        };
    }

    private int AddGains(int node, int first, int second)
    {
        _places[first] = (1 + (2 * node), AddCurve(ShapCurve.Gain, _edges[first].Share));
        _places[second] = (2 + (2 * node), AddCurve(ShapCurve.Gain, _edges[second].Share));
        return _places[first].Gains;
    }

    private int AddCurve(ShapCurve kind, double share)
    {
        _curves.Add((kind, share));
        return (_curves.Count - 1) * ShapPoints.PassWidth;
    }

    private static ShapNodeShape Shape(bool isFirstLeaf, bool isSecondLeaf, bool isRepeated) => (isFirstLeaf, isSecondLeaf) switch
    {
        (true, _) => isRepeated ? ShapNodeShape.RepeatedTwoLeaves : ShapNodeShape.TwoLeaves,
        (_, true) => isRepeated ? ShapNodeShape.RepeatedNodeAndLeaf : ShapNodeShape.NodeAndLeaf,
        _ => isRepeated ? ShapNodeShape.RepeatedTwoNodes : ShapNodeShape.TwoNodes,
    };

    private double[] Curves()
    {
        var values = GC.AllocateUninitializedArray<double>(_points.Passes * _curves.Count * ShapPoints.PassWidth);
        var place = 0;
        for (var pass = 0; pass < _points.Passes; pass++)
        {
            foreach (var (kind, share) in _curves)
            {
                for (var i = pass * ShapPoints.PassWidth; i < (pass + 1) * ShapPoints.PassWidth; i++)
                {
                    values[place++] = Value(kind, share, (share * _points.Absent[i]) + _points.Present[i]);
                }
            }
        }

        return values;
    }

    private static double Value(ShapCurve kind, double share, double factor) => kind switch
    {
        ShapCurve.Zeros => 0,
        ShapCurve.Ones => 1,
        ShapCurve.Gain => (1 - share) / factor,
        _ => 1 / factor,
    };
}
