using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>
/// The arithmetic of one tree over one pass of points. For an edge of share z that the row follows (o = 1) or not (o = 0)
/// and a point t, the factor is z (1-t) + o t and the gain (o - z) / factor. Going down an edge multiplies by its factor;
/// going up, a feature gets the sums of both edges times their gains, over all points in order.
/// Where an edge above decides on the feature too, its factor (z', o') is replaced: while o' = 1 the product is
/// divided by it and its gain taken off; when o' = 0 the ratio of the factors is the step's own share, and the gains are
/// equal and cancel.
/// <para>
/// Same bits in every form: a row's numbers at a point go through the same operations in the same order, whatever lies
/// in the other lanes.
/// </para>
/// </summary>
internal unsafe struct ShapPass<TVector, TLanes, TForm>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
    where TForm : struct, IShapForm<TVector>
{
    /// <summary>Products, later sums, of the nodes that are open: for each point a value a row.</summary>
    public double* Slots;

    /// <summary>Two vectors an edge: the row follows it, and all edges above on the same feature.</summary>
    public double* Masks;

    /// <summary>The pass's curves of the tree.</summary>
    public double* Curves;

    /// <summary>The points t of the pass.</summary>
    public double* Present;

    /// <summary>1 - t.</summary>
    public double* Absent;

    /// <summary>Gains of edges that the row does not follow.</summary>
    public double* AbsentGains;

    /// <summary>Room for one value a point.</summary>
    public double* Terms;

    /// <summary>Points of the pass.</summary>
    public int Count;

    /// <summary>Doubles of a slot.</summary>
    public static int SlotWidth => ShapPoints.PassWidth * TForm.Rows;

    /// <summary>Doubles of an edge's mask.</summary>
    public static int MaskWidth => 2 * TLanes.Count;

    /// <summary>Gives the inner children of a node their products.</summary>
    /// <param name="node">The node.</param>
    /// <param name="masks">Its two edges' masks.</param>
    public readonly void Down(ShapNode* node, double* masks)
    {
        switch (node->Shape)
        {
            case ShapNodeShape.TwoNodes:
                Down<No, No>(node, masks);
                break;
            case ShapNodeShape.NodeAndLeaf:
                Down<No, Yes>(node, masks);
                break;
            case ShapNodeShape.RepeatedTwoNodes:
                Down<Yes, No>(node, masks);
                break;
            case ShapNodeShape.RepeatedNodeAndLeaf:
                Down<Yes, Yes>(node, masks);
                break;
            default:
                break;
        }
    }

    /// <summary>Sums a node's children up, and adds to its feature's contributions: a value a row.</summary>
    /// <param name="node">The node.</param>
    /// <param name="masks">Its two edges' masks.</param>
    /// <param name="contributions">The contributions of the rows: feature after feature.</param>
    public readonly void Up(ShapNode* node, double* masks, double* contributions)
    {
        switch (node->Shape)
        {
            case ShapNodeShape.TwoNodes:
                Up<No, No, No>(node, masks, contributions);
                break;
            case ShapNodeShape.NodeAndLeaf:
                Up<No, No, Yes>(node, masks, contributions);
                break;
            case ShapNodeShape.TwoLeaves:
                Up<No, Yes, Yes>(node, masks, contributions);
                break;
            case ShapNodeShape.RepeatedTwoNodes:
                Up<Yes, No, No>(node, masks, contributions);
                break;
            case ShapNodeShape.RepeatedNodeAndLeaf:
                Up<Yes, No, Yes>(node, masks, contributions);
                break;
            default:
                Up<Yes, Yes, Yes>(node, masks, contributions);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Down<TRepeated, TSecondIsLeaf>(ShapNode* node, double* masks)
        where TRepeated : struct, IAnswer
        where TSecondIsLeaf : struct, IAnswer
    {
        double* products = Slot(node->Slot), firsts = Slot(node->FirstSlot), seconds = Slot(node->SecondSlot), present = Present, absent = Absent;
        var inverses = Curves + node->Curves + (2 * ShapPoints.PassWidth);
        TVector firstA = Mask(masks, 0), firstB = Mask(masks, 1), secondA = Mask(masks, 2), secondB = Mask(masks, 3);
        TVector aboveA = TLanes.Or(firstA, secondA), aboveB = TLanes.Or(firstB, secondB);
        TVector firstShare = TLanes.Broadcast(node->FirstShare), secondShare = TLanes.Broadcast(node->SecondShare);
        TVector firstStep = TLanes.Broadcast(node->FirstStep), secondStep = TLanes.Broadcast(node->SecondStep);
        var count = Count;
        for (var point = 0; point < count; point += TForm.Points)
        {
            var t = TForm.Read(present + point);
            var tNext = TForm.ReadNext(present + point, t);
            var rest = TForm.Read(absent + point);
            var restNext = TForm.ReadNext(absent + point, rest);
            var inverse = TRepeated.IsYes ? TForm.Read(inverses + point) : t;
            var inverseNext = TRepeated.IsYes ? TForm.ReadNext(inverses + point, inverse) : t;
            TVector a = A(products, point), b = B(products, point);
            Put(
                firsts, point,
                TLanes.Multiply(a, Factor<TRepeated>(firstA, aboveA, firstShare, firstStep, rest, t, inverse)),
                TLanes.Multiply(b, Factor<TRepeated>(firstB, aboveB, firstShare, firstStep, restNext, tNext, inverseNext)));
            if (!TSecondIsLeaf.IsYes)
            {
                Put(
                    seconds, point,
                    TLanes.Multiply(a, Factor<TRepeated>(secondA, aboveA, secondShare, secondStep, rest, t, inverse)),
                    TLanes.Multiply(b, Factor<TRepeated>(secondB, aboveB, secondShare, secondStep, restNext, tNext, inverseNext)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Up<TRepeated, TFirstIsLeaf, TSecondIsLeaf>(ShapNode* node, double* masks, double* contributions)
        where TRepeated : struct, IAnswer
        where TFirstIsLeaf : struct, IAnswer
        where TSecondIsLeaf : struct, IAnswer
    {
        double* sums = Slot(node->Slot), firsts = Slot(node->FirstSlot), seconds = Slot(node->SecondSlot);
        double* present = Present, absent = Absent, absentGains = AbsentGains;
        double* gains = Curves + node->Curves, inverses = gains + (2 * ShapPoints.PassWidth), gainsAbove = Curves + node->GainsAbove;
        TVector firstA = Mask(masks, 0), firstB = Mask(masks, 1), secondA = Mask(masks, 2), secondB = Mask(masks, 3);
        TVector aboveA = TLanes.Or(firstA, secondA), aboveB = TLanes.Or(firstB, secondB);
        TVector firstShare = TLanes.Broadcast(node->FirstShare), secondShare = TLanes.Broadcast(node->SecondShare);
        TVector firstStep = TLanes.Broadcast(node->FirstStep), secondStep = TLanes.Broadcast(node->SecondStep);
        TVector firstValue = TLanes.Broadcast(node->FirstValue), secondValue = TLanes.Broadcast(node->SecondValue);
        TVector gainA = TLanes.Broadcast(0), gainB = TLanes.Broadcast(0);
        var count = Count;
        for (var point = 0; point < count; point += TForm.Points)
        {
            TVector firstSumA, firstSumB, secondSumA, secondSumB;
            if (TSecondIsLeaf.IsYes)
            {
                var t = TForm.Read(present + point);
                var tNext = TForm.ReadNext(present + point, t);
                var rest = TForm.Read(absent + point);
                var restNext = TForm.ReadNext(absent + point, rest);
                var inverse = TRepeated.IsYes ? TForm.Read(inverses + point) : t;
                var inverseNext = TRepeated.IsYes ? TForm.ReadNext(inverses + point, inverse) : t;
                TVector a = A(sums, point), b = B(sums, point);
                secondSumA = TLanes.Multiply(TLanes.Multiply(a, Factor<TRepeated>(secondA, aboveA, secondShare, secondStep, rest, t, inverse)), secondValue);
                secondSumB = TLanes.Multiply(TLanes.Multiply(b, Factor<TRepeated>(secondB, aboveB, secondShare, secondStep, restNext, tNext, inverseNext)), secondValue);
                firstSumA = TFirstIsLeaf.IsYes
                    ? TLanes.Multiply(TLanes.Multiply(a, Factor<TRepeated>(firstA, aboveA, firstShare, firstStep, rest, t, inverse)), firstValue)
                    : A(firsts, point);
                firstSumB = TFirstIsLeaf.IsYes
                    ? TLanes.Multiply(TLanes.Multiply(b, Factor<TRepeated>(firstB, aboveB, firstShare, firstStep, restNext, tNext, inverseNext)), firstValue)
                    : B(firsts, point);
            }
            else
            {
                (firstSumA, firstSumB, secondSumA, secondSumB) = (A(firsts, point), B(firsts, point), A(seconds, point), B(seconds, point));
            }

            Put(sums, point, TLanes.Add(firstSumA, secondSumA), TLanes.Add(firstSumB, secondSumB));
            var none = TForm.Read(absentGains + point);
            var noneNext = TForm.ReadNext(absentGains + point, none);
            var firstGain = TForm.Read(gains + point);
            var firstGainNext = TForm.ReadNext(gains + point, firstGain);
            var secondGain = TForm.Read(gains + ShapPoints.PassWidth + point);
            var secondGainNext = TForm.ReadNext(gains + ShapPoints.PassWidth + point, secondGain);
            var above = TRepeated.IsYes ? TForm.Read(gainsAbove + point) : none;
            var aboveNext = TRepeated.IsYes ? TForm.ReadNext(gainsAbove + point, above) : none;
            var termA = TLanes.Add(
                TLanes.Multiply(firstSumA, Gain<TRepeated>(firstA, aboveA, firstGain, none, above)),
                TLanes.Multiply(secondSumA, Gain<TRepeated>(secondA, aboveA, secondGain, none, above)));
            var termB = TLanes.Add(
                TLanes.Multiply(firstSumB, Gain<TRepeated>(firstB, aboveB, firstGainNext, noneNext, aboveNext)),
                TLanes.Multiply(secondSumB, Gain<TRepeated>(secondB, aboveB, secondGainNext, noneNext, aboveNext)));
            if (TForm.Rows == 1)
            {
                Put(Terms, point, termA, termB);
            }
            else
            {
                (gainA, gainB) = (TLanes.Add(gainA, termA), TLanes.Add(gainB, termB));
            }
        }

        if (TForm.Rows == 1)
        {
            contributions[node->Feature] += SumOfTerms();
        }
        else
        {
            var place = contributions + ((nint)node->Feature * TForm.Rows);
            Put(place, 0, TLanes.Add(A(place, 0), gainA), TLanes.Add(B(place, 0), gainB));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Factor<TRepeated>(TVector follows, TVector followsAbove, TVector share, TVector step, TVector absent, TVector present, TVector inverse)
        where TRepeated : struct, IAnswer
    {
        var factor = TLanes.Add(TLanes.Multiply(share, absent), TLanes.And(follows, present));
        return TRepeated.IsYes ? TLanes.Select(followsAbove, TLanes.Multiply(factor, inverse), step) : factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gain<TRepeated>(TVector follows, TVector followsAbove, TVector gain, TVector absentGain, TVector gainAbove)
        where TRepeated : struct, IAnswer
    {
        var own = TLanes.Select(follows, gain, absentGain);
        return TRepeated.IsYes ? TLanes.And(followsAbove, TLanes.Subtract(own, gainAbove)) : own;
    }

    // In the order of the points, as rows in lanes add them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double SumOfTerms()
    {
        var sum = 0.0;
        for (var point = 0; point < Count; point++)
        {
            sum += Terms[point];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double* Slot(int slot) => Slots + ((nint)slot * SlotWidth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mask(double* masks, int vector) => TLanes.Load(masks + (vector * TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector A(double* slot, int point) => TLanes.Load(slot + (point * TForm.Rows));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector B(double* slot, int point) => TLanes.Load(slot + (point * TForm.Rows) + TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* slot, int point, TVector a, TVector b)
    {
        TLanes.Store(slot + (point * TForm.Rows), a);
        TLanes.Store(slot + (point * TForm.Rows) + TLanes.Count, b);
    }
}
