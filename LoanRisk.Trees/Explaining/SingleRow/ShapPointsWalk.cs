using System.Runtime.CompilerServices;
using LoanRisk.Trees.Explaining.Batch;
using LoanRisk.Trees.Explaining.Paths;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.SingleRow;

/// <summary>
/// Takes one row through trees, with the 8 points of a pass side by side. Every node is the same few steps, so
/// that no branch depends on a node or on the row: a leaf is a child whose product is multiplied by its value, an inner
/// child's by 1; a feature that did not decide above has the edge 0 above it, which every row follows, with inverse factors
/// of 1 and gains of 0. These leave the bits as <see cref="ShapRowsPass{TVector, TLanes}"/> has them, which leaves them out.
/// <code>
///  masks      an edge each, 0 first      the row follows it, and all edges above on the same feature
///  products   8 x edges                  on the way up the sums of the leaves below
///  terms      8 x nodes                  what the node's feature gets at each point
/// </code>
/// </summary>
internal unsafe ref struct ShapPointsWalk<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    private const int Width = ShapPoints.PassWidth;

    // Most trees need no more, and half of the work with it.
    private const int FewPoints = 4;
    private readonly PlainForest _plain;
    private readonly ShapForest _forest;
    private readonly double* _masks;
    private readonly double* _products;
    private readonly double* _terms;

    /// <summary>Takes its scratch memory, which has <see cref="Size"/> doubles.</summary>
    public ShapPointsWalk(ShapForest forest, PlainForest plain, double* scratch)
    {
        (_forest, _plain) = (forest, plain);
        _products = scratch;
        _terms = _products + (Width * (1 + (2 * forest.MostTreeNodes)));
        _masks = _terms + (Width * forest.MostTreeNodes);
    }

    /// <summary>Doubles of scratch memory.</summary>
    public static int Size(ShapForest forest) => 1 + Width + ((2 + (3 * Width)) * forest.MostTreeNodes);

    /// <summary>Adds a tree's contributions.</summary>
    public readonly void Add(ShapTree tree, ReadOnlySpan<double> row, double* columns, double* contributions)
    {
        var (points, count) = (tree.Points, tree.Nodes.Length);
        fixed (ShapNode* nodes = tree.Nodes)
        fixed (int* order = tree.Order)
        fixed (double* curves = tree.Curves, present = points.Present,
            absent = points.Absent, weights = points.Weights, gains = points.AbsentGains)
        {
            Decide(tree, nodes, row, columns);
            for (var number = 0; number < points.Passes; number++)
            {
                var first = number * Width;
                var pass = curves + ((nint)number * tree.PassCurves);
                if (points.Count - first <= FewPoints)
                {
                    Start<Yes>(weights + first);
                    Down<Yes>(nodes, count, pass, present + first, absent + first);
                    Up<Yes>(nodes, count, pass, gains + first);
                    Sum<Yes>(nodes, order, count, contributions);
                }
                else
                {
                    Start<No>(weights + first);
                    Down<No>(nodes, count, pass, present + first, absent + first);
                    Up<No>(nodes, count, pass, gains + first);
                    Sum<No>(nodes, order, count, contributions);
                }
            }
        }
    }

    private readonly void Decide(ShapTree tree, ShapNode* nodes, ReadOnlySpan<double> row, double* columns)
    {
        var sides = (long*)_masks;
        Compare(nodes, tree.Numbers, columns, sides);
        fixed (byte* sets = _forest.Sets)
        {
            LookUp(nodes, tree.Categories, (long*)columns, sets, sides);
        }

        foreach (var other in tree.Others)
        {
            sides[nodes[other].FirstEdge] = All(_plain.GoesLeft(nodes[other].ForestNode, row));
        }

        Join(nodes, tree.Nodes.Length, sides);
    }

    private static void Compare(ShapNode* nodes, ReadOnlySpan<int> numbers, double* columns, long* sides)
    {
        foreach (var number in numbers)
        {
            var node = nodes + number;
            var value = columns[node->Column];
            sides[node->FirstEdge] = All(value <= node->Threshold) | (All(double.IsNaN(value)) & node->MissingIsLeft);
        }
    }

    private static void LookUp(ShapNode* nodes, ReadOnlySpan<int> categories, long* columns, byte* sets, long* sides)
    {
        foreach (var category in categories)
        {
            var node = nodes + category;
            var code = (uint)columns[node->Column];
            sides[node->FirstEdge] = -(long)((uint)sets[node->Set + (code >> 3)] >> (int)(code & 7) & 1);
        }
    }

    private static void Join(ShapNode* nodes, int count, long* sides)
    {
        sides[0] = -1;
        for (var node = nodes; node < nodes + count; node++)
        {
            var (follows, isFirst) = (sides[node->EdgeAbove], sides[node->FirstEdge] ^ node->FirstIsRight);
            sides[node->FirstEdge] = follows & isFirst;
            sides[node->FirstEdge + 1] = follows & ~isFirst;
        }
    }

    // The product of no factors, above the root, is the points' weights.
    private readonly void Start<TFew>(double* weights)
        where TFew : struct, IAnswer
    {
        for (var point = 0; point < (TFew.IsYes ? FewPoints : Width); point += TLanes.Count)
        {
            TLanes.Store(_products + point, TLanes.Load(weights + point));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Down<TFew>(ShapNode* nodes, int count, double* curves, double* present, double* absent)
        where TFew : struct, IAnswer
    {
        double* edgeMasks = _masks, edgeProducts = _products;
        for (var node = nodes; node < nodes + count; node++)
        {
            var edge = node->FirstEdge;
            TVector firstFollows = TLanes.Broadcast(edgeMasks[edge]), secondFollows = TLanes.Broadcast(edgeMasks[edge + 1]);
            var follows = TLanes.Or(firstFollows, secondFollows);
            TVector firstShare = TLanes.Broadcast(node->FirstShare), secondShare = TLanes.Broadcast(node->SecondShare);
            TVector firstStep = TLanes.Broadcast(node->FirstStep), secondStep = TLanes.Broadcast(node->SecondStep);
            TVector firstValue = TLanes.Broadcast(node->FirstValue), secondValue = TLanes.Broadcast(node->SecondValue);
            double* own = edgeProducts + ((nint)node->Edge * Width),
                children = edgeProducts + ((nint)edge * Width), inverses = curves + node->Inverses;
            for (var point = 0; point < (TFew.IsYes ? FewPoints : Width); point += TLanes.Count)
            {
                TVector t = TLanes.Load(present + point), rest = TLanes.Load(absent + point),
                inverse = TLanes.Load(inverses + point), product = TLanes.Load(own + point);
                var firstOwn = TLanes.Add(TLanes.Multiply(firstShare, rest), TLanes.And(firstFollows, t));
                var secondOwn = TLanes.Add(TLanes.Multiply(secondShare, rest), TLanes.And(secondFollows, t));
                var first = TLanes.Multiply(product, Factor(firstOwn, follows, firstStep, inverse));
                var second = TLanes.Multiply(product, Factor(secondOwn, follows, secondStep, inverse));
                TLanes.Store(children + point, TLanes.Multiply(first, firstValue));
                TLanes.Store(children + Width + point, TLanes.Multiply(second, secondValue));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Up<TFew>(ShapNode* nodes, int count, double* curves, double* absentGains)
        where TFew : struct, IAnswer
    {
        double* edgeMasks = _masks, edgeSums = _products, nodeTerms = _terms + ((nint)count * Width);
        for (var node = nodes + count - 1; node >= nodes; node--)
        {
            nodeTerms -= Width;
            var edge = node->FirstEdge;
            TVector firstFollows = TLanes.Broadcast(edgeMasks[edge]), secondFollows = TLanes.Broadcast(edgeMasks[edge + 1]);
            var follows = TLanes.Or(firstFollows, secondFollows);
            double* own = edgeSums + ((nint)node->Edge * Width), children = edgeSums + ((nint)edge * Width);
            double* gains = curves + node->Gains, gainsAbove = curves + node->GainsAbove;
            for (var point = 0; point < (TFew.IsYes ? FewPoints : Width); point += TLanes.Count)
            {
                TVector first = TLanes.Load(children + point), second = TLanes.Load(children + Width + point);
                TVector none = TLanes.Load(absentGains + point), above = TLanes.Load(gainsAbove + point);
                TVector firstGain = TLanes.Load(gains + point), secondGain = TLanes.Load(gains + Width + point);
                TLanes.Store(own + point, TLanes.Add(first, second));
                TLanes.Store(nodeTerms + point, TLanes.Add(
                    TLanes.Multiply(first, Gain(firstFollows, follows, firstGain, none, above)),
                    TLanes.Multiply(second, Gain(secondFollows, follows, secondGain, none, above))));
            }
        }
    }

    // Nodes as they are left, points in order, as rows in lanes add them up; points that weigh nothing add zeros, which change no bit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum<TFew>(ShapNode* nodes, int* order, int count, double* contributions)
        where TFew : struct, IAnswer
    {
        for (var place = order; place < order + count; place++)
        {
            var t = _terms + ((nint)(*place) * Width);
            var sum = 0.0 + t[0] + t[1] + t[2] + t[3];
            contributions[nodes[*place].Feature] += TFew.IsYes ? sum : sum + t[4] + t[5] + t[6] + t[7];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Factor(TVector own, TVector followsAbove, TVector step, TVector inverse) =>
        TLanes.Select(followsAbove, TLanes.Multiply(own, inverse), step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gain(TVector follows, TVector followsAbove, TVector gain, TVector absentGain, TVector gainAbove) =>
        TLanes.And(followsAbove, TLanes.Subtract(TLanes.Select(follows, gain, absentGain), gainAbove));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long All(bool isSet) => -(long)Unsafe.BitCast<bool, byte>(isSet);
}
