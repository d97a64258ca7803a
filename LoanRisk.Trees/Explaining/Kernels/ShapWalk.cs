using System.Runtime.CompilerServices;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>Takes rows through trees: decides at all nodes of a tree first, then runs its passes.</summary>
internal unsafe ref struct ShapWalk<TVector, TLanes, TForm>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
    where TForm : struct, IShapForm<TVector>
{
    private readonly PlainForest forest;
    private readonly int features;
    private ShapPass<TVector, TLanes, TForm> pass;

    /// <summary>Takes its scratch memory, which has <see cref="Size"/> doubles.</summary>
    public ShapWalk(PlainForest forest, int features, double* scratch)
    {
        (this.forest, this.features) = (forest, features);
        pass.Terms = scratch;
        pass.Masks = scratch + ShapPoints.PassWidth;
    }

    /// <summary>Doubles of scratch memory.</summary>
    public static int Size(ShapForest forest) =>
        ShapPoints.PassWidth + (2 * forest.MostTreeNodes * ShapPass<TVector, TLanes, TForm>.MaskWidth) + (forest.MostSlots * ShapPass<TVector, TLanes, TForm>.SlotWidth);

    /// <summary>Adds a tree's contributions for as many rows as lie in the lanes.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="columns">Column after column, a value a row.</param>
    /// <param name="rows">The rows themselves, for categories.</param>
    /// <param name="count">Rows there are; lanes beyond them repeat the last one.</param>
    /// <param name="contributions">Feature after feature, a value a row.</param>
    public void Add(ShapTree tree, double* columns, double* rows, int count, double* contributions)
    {
        var points = tree.Points;
        pass.Slots = pass.Masks + (2 * tree.Nodes.Length * ShapPass<TVector, TLanes, TForm>.MaskWidth);
        fixed (ShapNode* nodes = tree.Nodes)
        fixed (int* steps = tree.Steps)
        fixed (double* curves = tree.Curves, present = points.Present, absent = points.Absent, weights = points.Weights, gains = points.AbsentGains)
        {
            Decide(nodes, tree.Nodes.Length, columns, rows, count);
            for (var number = 0; number < points.Passes; number++)
            {
                var first = number * ShapPoints.PassWidth;
                pass.Curves = curves + ((nint)number * tree.PassCurves);
                pass.Present = present + first;
                pass.Absent = absent + first;
                pass.AbsentGains = gains + first;
                pass.Count = Math.Min(ShapPoints.PassWidth, points.Count - first);
                FillRoot(weights + first);
                Run(nodes, steps, tree.Steps.Length, contributions);
            }
        }
    }

    private readonly void FillRoot(double* weights)
    {
        for (var point = 0; point < pass.Count; point += TForm.Points)
        {
            var weight = TForm.Read(weights + point);
            TLanes.Store(pass.Slots + (point * TForm.Rows), weight);
            TLanes.Store(pass.Slots + (point * TForm.Rows) + TLanes.Count, TForm.ReadNext(weights + point, weight));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Run(ShapNode* nodes, int* steps, int count, double* contributions)
    {
        for (var step = steps; step < steps + count; step++)
        {
            var number = *step;
            if (number >= 0)
            {
                pass.Down(nodes + number, pass.Masks + (2 * (nint)number * ShapPass<TVector, TLanes, TForm>.MaskWidth));
            }
            else
            {
                pass.Up(nodes + ~number, pass.Masks + (2 * (nint)~number * ShapPass<TVector, TLanes, TForm>.MaskWidth), contributions);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Decide(ShapNode* nodes, int count, double* columns, double* rows, int rowCount)
    {
        var width = ShapPass<TVector, TLanes, TForm>.MaskWidth;
        var place = pass.Masks;
        for (var node = nodes; node < nodes + count; node++, place += 2 * width)
        {
            if (node->Column < 0)
            {
                DecideCategory(node, rows, rowCount, place);
            }

            for (var lane = 0; lane < width; lane += TLanes.Count)
            {
                var isLeft = node->Column < 0 ? TLanes.Load(place + lane) : Compare(node, columns, lane);
                var isFirst = TLanes.Xor(isLeft, TLanes.Broadcast(node->FirstIsRight));
                var above = node->EdgeAbove < 0 ? TLanes.Broadcast(BitConverter.Int64BitsToDouble(-1)) : TLanes.Load(pass.Masks + ((nint)node->EdgeAbove * width) + lane);
                TLanes.Store(place + lane, TLanes.And(above, isFirst));
                TLanes.Store(place + width + lane, TLanes.AndNot(isFirst, above));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Compare(ShapNode* node, double* columns, int lane)
    {
        var value = TForm.Rows == 1 ? TLanes.Broadcast(columns[node->Column]) : TLanes.Load(columns + ((nint)node->Column * TForm.Rows) + lane);
        var isMissingLeft = TLanes.And(TLanes.IsNaN(value), TLanes.Broadcast(node->MissingIsLeft));
        return TLanes.Or(TLanes.IsAtMost(value, TLanes.Broadcast(node->Threshold)), isMissingLeft);
    }

    private readonly void DecideCategory(ShapNode* node, double* rows, int rowCount, double* masks)
    {
        var isLeft = false;
        for (var lane = 0; lane < ShapPass<TVector, TLanes, TForm>.MaskWidth; lane++)
        {
            if (lane < rowCount)
            {
                isLeft = forest.GoesLeft(node->ForestNode, new ReadOnlySpan<double>(rows + ((nint)lane * features), features));
            }

            masks[lane] = BitConverter.Int64BitsToDouble(isLeft ? -1 : 0);
        }
    }
}
