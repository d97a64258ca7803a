using System.Runtime.CompilerServices;
using LoanRisk.Trees.Explaining.Paths;
using LoanRisk.Trees.Explaining.Plain;

namespace LoanRisk.Trees.Explaining.Batch;

/// <summary>
/// One pass of points over a tree for several groups of rows. A group is two vectors of rows; its points come one after
/// the other. For an edge of share z that the row follows (o = 1) or not (o = 0) and a point t, the factor is z (1-t) + o t
/// and the gain (o - z) / factor. Going down an edge multiplies by its factor; going up, a feature gets the sums of both
/// edges times their gains, over all points in order.
/// Where an edge above decides on the feature too, its factor (z', o') is replaced: while o' = 1 the product is
/// divided by it and its gain taken off; when o' = 0 the ratio of the factors is the step's own share, and the gains are
/// equal and cancel. <see cref="PlainTreeShap"/> says why this is exact.
/// </summary>
internal unsafe struct ShapRowsPass<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    /// <summary>Groups of rows.</summary>
    public int Groups;

    /// <summary>Products, later sums, of the open nodes: group after group, slot after slot, for each point a value a row.</summary>
    public double* Slots;

    /// <summary>Doubles of a group's slots.</summary>
    public nint GroupSlots;

    /// <summary>
    /// Whether rows follow an edge and all edges above on the same feature: group after group, edge after edge, a value a row.
    /// </summary>
    public double* Masks;

    /// <summary>Doubles of a group's masks.</summary>
    public nint GroupMasks;

    /// <summary>Group after group, feature after feature, a value a row.</summary>
    public double* Contributions;

    /// <summary>Doubles of a group's contributions.</summary>
    public nint GroupContributions;

    /// <summary>The pass's curves of the tree.</summary>
    public double* Curves;

    /// <summary>The points t of the pass.</summary>
    public double* Present;

    /// <summary>1 - t.</summary>
    public double* Absent;

    /// <summary>Gains of edges that the row does not follow.</summary>
    public double* AbsentGains;

    /// <summary>Points of the pass.</summary>
    public int Count;

    /// <summary>Rows of a group.</summary>
    public static int Rows => 2 * TLanes.Count;

    /// <summary>Doubles of a slot.</summary>
    public static int SlotWidth => ShapPoints.PassWidth * Rows;

    /// <summary>Gives the inner children of a node their products.</summary>
    public readonly void Down(ShapNode* node)
    {
        switch (node->Shape)
        {
            case ShapNodeShape.TwoNodes:
                Down<No, No>(node);
                break;
            case ShapNodeShape.NodeAndLeaf:
                Down<No, Yes>(node);
                break;
            case ShapNodeShape.RepeatedTwoNodes:
                Down<Yes, No>(node);
                break;
            case ShapNodeShape.RepeatedNodeAndLeaf:
                Down<Yes, Yes>(node);
                break;
            default:
                break;
        }
    }

    /// <summary>Sums a node's children up, and adds to its feature's contributions.</summary>
    public readonly void Up(ShapNode* node)
    {
        switch (node->Shape)
        {
            case ShapNodeShape.TwoNodes:
                Up<No, No, No>(node);
                break;
            case ShapNodeShape.NodeAndLeaf:
                Up<No, No, Yes>(node);
                break;
            case ShapNodeShape.TwoLeaves:
                Up<No, Yes, Yes>(node);
                break;
            case ShapNodeShape.RepeatedTwoNodes:
                Up<Yes, No, No>(node);
                break;
            case ShapNodeShape.RepeatedNodeAndLeaf:
                Up<Yes, No, Yes>(node);
                break;
            default:
                Up<Yes, Yes, Yes>(node);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Down<TRepeated, TSecondIsLeaf>(ShapNode* node)
        where TRepeated : struct, IAnswer
        where TSecondIsLeaf : struct, IAnswer
    {
        double* present = Present, absent = Absent, inverses = Curves + node->Inverses;
        double* masks = Masks + ((nint)node->FirstEdge * Rows), slots = Slots;
        TVector firstShare = TLanes.Broadcast(node->FirstShare), secondShare = TLanes.Broadcast(node->SecondShare);
        TVector firstStep = TLanes.Broadcast(node->FirstStep), secondStep = TLanes.Broadcast(node->SecondStep);
        var count = Count;
        for (var group = 0; group < Groups; group++, masks += GroupMasks, slots += GroupSlots)
        {
            double* products = Slot(slots, node->Slot), firsts = Slot(slots, node->FirstSlot), seconds = Slot(slots, node->SecondSlot);
            TVector firstA = A(masks), firstB = B(masks), secondA = A(masks + Rows), secondB = B(masks + Rows);
            TVector aboveA = TLanes.Or(firstA, secondA), aboveB = TLanes.Or(firstB, secondB);
            for (var point = 0; point < count; point++)
            {
                TVector t = TLanes.Broadcast(present[point]), rest = TLanes.Broadcast(absent[point]);
                var inverse = TRepeated.IsYes ? TLanes.Broadcast(inverses[point]) : t;
                TVector a = A(products + (point * Rows)), b = B(products + (point * Rows));
                var share = TLanes.Multiply(firstShare, rest);
                Put(
                    firsts + (point * Rows),
                    TLanes.Multiply(a, Factor<TRepeated>(TLanes.Add(share, TLanes.And(firstA, t)), aboveA, firstStep, inverse)),
                    TLanes.Multiply(b, Factor<TRepeated>(TLanes.Add(share, TLanes.And(firstB, t)), aboveB, firstStep, inverse)));
                if (!TSecondIsLeaf.IsYes)
                {
                    share = TLanes.Multiply(secondShare, rest);
                    Put(
                        seconds + (point * Rows),
                        TLanes.Multiply(a, Factor<TRepeated>(TLanes.Add(share, TLanes.And(secondA, t)), aboveA, secondStep, inverse)),
                        TLanes.Multiply(b, Factor<TRepeated>(TLanes.Add(share, TLanes.And(secondB, t)), aboveB, secondStep, inverse)));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Up<TRepeated, TFirstIsLeaf, TSecondIsLeaf>(ShapNode* node)
        where TRepeated : struct, IAnswer
        where TFirstIsLeaf : struct, IAnswer
        where TSecondIsLeaf : struct, IAnswer
    {
        double* present = Present, absent = Absent, absentGains = AbsentGains;
        double* inverses = Curves + node->Inverses, gains = Curves + node->Gains, gainsAbove = Curves + node->GainsAbove;
        double* masks = Masks + ((nint)node->FirstEdge * Rows), slots = Slots, contributions = Contributions + ((nint)node->Feature * Rows);
        TVector firstShare = TLanes.Broadcast(node->FirstShare), secondShare = TLanes.Broadcast(node->SecondShare);
        TVector firstStep = TLanes.Broadcast(node->FirstStep), secondStep = TLanes.Broadcast(node->SecondStep);
        TVector firstValue = TLanes.Broadcast(node->FirstValue), secondValue = TLanes.Broadcast(node->SecondValue);
        var count = Count;
        for (var group = 0; group < Groups; group++, masks += GroupMasks, slots += GroupSlots, contributions += GroupContributions)
        {
            double* sums = Slot(slots, node->Slot), firsts = Slot(slots, node->FirstSlot), seconds = Slot(slots, node->SecondSlot);
            TVector firstA = A(masks), firstB = B(masks), secondA = A(masks + Rows), secondB = B(masks + Rows);
            TVector aboveA = TLanes.Or(firstA, secondA), aboveB = TLanes.Or(firstB, secondB);
            TVector gainA = TLanes.Broadcast(0), gainB = TLanes.Broadcast(0);
            for (var point = 0; point < count; point++)
            {
                TVector firstSumA, firstSumB, secondSumA, secondSumB;
                if (TSecondIsLeaf.IsYes)
                {
                    TVector t = TLanes.Broadcast(present[point]), rest = TLanes.Broadcast(absent[point]);
                    var inverse = TRepeated.IsYes ? TLanes.Broadcast(inverses[point]) : t;
                    TVector a = A(sums + (point * Rows)), b = B(sums + (point * Rows));
                    var share = TLanes.Multiply(secondShare, rest);
                    secondSumA = TLanes.Multiply(
                        TLanes.Multiply(a, Factor<TRepeated>(TLanes.Add(share, TLanes.And(secondA, t)), aboveA, secondStep, inverse)),
                        secondValue);
                    secondSumB = TLanes.Multiply(
                        TLanes.Multiply(b, Factor<TRepeated>(TLanes.Add(share, TLanes.And(secondB, t)), aboveB, secondStep, inverse)),
                        secondValue);
                    share = TLanes.Multiply(firstShare, rest);
                    firstSumA = TFirstIsLeaf.IsYes
                        ? TLanes.Multiply(
                            TLanes.Multiply(a, Factor<TRepeated>(TLanes.Add(share, TLanes.And(firstA, t)), aboveA, firstStep, inverse)),
                            firstValue)
                        : A(firsts + (point * Rows));
                    firstSumB = TFirstIsLeaf.IsYes
                        ? TLanes.Multiply(
                            TLanes.Multiply(b, Factor<TRepeated>(TLanes.Add(share, TLanes.And(firstB, t)), aboveB, firstStep, inverse)),
                            firstValue)
                        : B(firsts + (point * Rows));
                }
                else
                {
                    (firstSumA, firstSumB) = (A(firsts + (point * Rows)), B(firsts + (point * Rows)));
                    (secondSumA, secondSumB) = (A(seconds + (point * Rows)), B(seconds + (point * Rows)));
                }

                Put(sums + (point * Rows), TLanes.Add(firstSumA, secondSumA), TLanes.Add(firstSumB, secondSumB));
                TVector none = TLanes.Broadcast(absentGains[point]), above = TLanes.Broadcast(gainsAbove[point]);
                TVector firstGain = TLanes.Broadcast(gains[point]), secondGain = TLanes.Broadcast(gains[ShapPoints.PassWidth + point]);
                gainA = TLanes.Add(gainA, TLanes.Add(
                    TLanes.Multiply(firstSumA, Gain<TRepeated>(firstA, aboveA, firstGain, none, above)),
                    TLanes.Multiply(secondSumA, Gain<TRepeated>(secondA, aboveA, secondGain, none, above))));
                gainB = TLanes.Add(gainB, TLanes.Add(
                    TLanes.Multiply(firstSumB, Gain<TRepeated>(firstB, aboveB, firstGain, none, above)),
                    TLanes.Multiply(secondSumB, Gain<TRepeated>(secondB, aboveB, secondGain, none, above))));
            }

            Put(contributions, TLanes.Add(A(contributions), gainA), TLanes.Add(B(contributions), gainB));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Factor<TRepeated>(TVector own, TVector followsAbove, TVector step, TVector inverse)
        where TRepeated : struct, IAnswer =>
        TRepeated.IsYes ? TLanes.Select(followsAbove, TLanes.Multiply(own, inverse), step) : own;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gain<TRepeated>(TVector follows, TVector followsAbove, TVector gain, TVector absentGain, TVector gainAbove)
        where TRepeated : struct, IAnswer
    {
        var own = TLanes.Select(follows, gain, absentGain);
        return TRepeated.IsYes ? TLanes.And(followsAbove, TLanes.Subtract(own, gainAbove)) : own;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Slot(double* slots, int slot) => slots + ((nint)slot * SlotWidth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector A(double* rows) => TLanes.Load(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector B(double* rows) => TLanes.Load(rows + TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* rows, TVector a, TVector b)
    {
        TLanes.Store(rows, a);
        TLanes.Store(rows + TLanes.Count, b);
    }
}
