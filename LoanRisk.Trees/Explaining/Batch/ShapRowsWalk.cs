using System.Runtime.CompilerServices;
using LoanRisk.Trees.Explaining.Paths;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.Batch;

/// <summary>Takes groups of rows through trees: decides at all nodes of a tree first, then runs its passes.</summary>
internal unsafe ref struct ShapRowsWalk<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    private readonly PlainForest _plain;
    private readonly ShapForest _forest;
    private readonly int _features;
    private readonly double* _scratch;
    private ShapRowsPass<TVector, TLanes> _pass;

    /// <summary>Takes its scratch memory, which has <see cref="Size"/> doubles.</summary>
    public ShapRowsWalk(ShapForest forest, PlainForest plain, int features, double* scratch)
    {
        (_forest, _plain, _features) = (forest, plain, features);
        _scratch = scratch;
    }

    private static int Rows => ShapRowsPass<TVector, TLanes>.Rows;

    /// <summary>Doubles of scratch memory for a number of groups.</summary>
    public static int Size(ShapForest forest, int groups) =>
        groups * Rows * (1 + (2 * forest.MostTreeNodes) + (forest.MostSlots * ShapPoints.PassWidth));

    /// <summary>Adds a tree's contributions.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="groups">The rows.</param>
    /// <param name="contributions">Group after group, feature after feature, a value a row.</param>
    public void Add(ShapTree tree, in ShapGroups groups, double* contributions)
    {
        var points = tree.Points;
        _pass.Groups = groups.Count;
        _pass.GroupMasks = (nint)Rows * (1 + (2 * tree.Nodes.Length));
        _pass.GroupSlots = (nint)ShapRowsPass<TVector, TLanes>.SlotWidth * tree.Slots;
        _pass.GroupContributions = groups.ContributionWidth;
        _pass.Masks = _scratch;
        _pass.Slots = _scratch + (groups.Count * _pass.GroupMasks);
        _pass.Contributions = contributions;
        fixed (ShapNode* nodes = tree.Nodes)
        fixed (int* steps = tree.Steps)
        fixed (double* curves = tree.Curves, present = points.Present,
            absent = points.Absent, weights = points.Weights, gains = points.AbsentGains)
        {
            for (var group = 0; group < groups.Count; group++)
            {
                Decide(tree, nodes, in groups, group);
            }

            for (var number = 0; number < points.Passes; number++)
            {
                var first = number * ShapPoints.PassWidth;
                _pass.Curves = curves + ((nint)number * tree.PassCurves);
                _pass.Present = present + first;
                _pass.Absent = absent + first;
                _pass.AbsentGains = gains + first;
                _pass.Count = Math.Min(ShapPoints.PassWidth, points.Count - first);
                FillRoots(weights + first);
                Run(nodes, steps, tree.Steps.Length);
            }
        }
    }

    private readonly void FillRoots(double* weights)
    {
        for (var group = 0; group < _pass.Groups; group++)
        {
            var slot = _pass.Slots + (group * _pass.GroupSlots);
            for (var point = 0; point < _pass.Count; point++, slot += Rows)
            {
                TLanes.Store(slot, TLanes.Broadcast(weights[point]));
                TLanes.Store(slot + TLanes.Count, TLanes.Broadcast(weights[point]));
            }
        }
    }

    private readonly void Run(ShapNode* nodes, int* steps, int count)
    {
        for (var step = steps; step < steps + count; step++)
        {
            if (*step >= 0)
            {
                _pass.Down(nodes + *step);
            }
            else
            {
                _pass.Up(nodes + ~*step);
            }
        }
    }

    // First the sides of each node by itself, kept at its first edge, then what that means together with the edges above.
    private readonly void Decide(ShapTree tree, ShapNode* nodes, in ShapGroups groups, int group)
    {
        var masks = _pass.Masks + (group * _pass.GroupMasks);
        var columns = groups.Columns + ((nint)group * groups.ColumnWidth);
        Compare(nodes, tree.Numbers, columns, masks);
        fixed (byte* sets = _forest.Sets)
        {
            LookUp(nodes, tree.Categories, columns, sets, masks);
        }

        foreach (var other in tree.Others)
        {
            Ask(nodes + other, in groups, group, masks);
        }

        Join(nodes, tree.Nodes.Length, masks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(ShapNode* nodes, ReadOnlySpan<int> numbers, double* columns, double* masks)
    {
        foreach (var number in numbers)
        {
            var node = nodes + number;
            double* column = columns + ((nint)node->Column * Rows), place = masks + ((nint)node->FirstEdge * Rows);
            TVector threshold = TLanes.Broadcast(node->Threshold),
                missing = TLanes.Broadcast(BitConverter.Int64BitsToDouble(node->MissingIsLeft));
            for (var lane = 0; lane < Rows; lane += TLanes.Count)
            {
                var value = TLanes.Load(column + lane);
                TLanes.Store(place + lane, TLanes.Or(TLanes.IsAtMost(value, threshold), TLanes.And(TLanes.IsNaN(value), missing)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LookUp(ShapNode* nodes, ReadOnlySpan<int> categories, double* columns, byte* sets, double* masks)
    {
        foreach (var category in categories)
        {
            var node = nodes + category;
            double* column = columns + ((nint)node->Column * Rows), place = masks + ((nint)node->FirstEdge * Rows);
            for (var lane = 0; lane < Rows; lane += TLanes.Count)
            {
                TLanes.Store(place + lane, TLanes.IsMember(column + lane, sets + node->Set));
            }
        }
    }

    private readonly void Ask(ShapNode* node, in ShapGroups groups, int group, double* masks)
    {
        for (var lane = 0; lane < Rows; lane++)
        {
            var row = Math.Min((group * Rows) + lane, groups.RowCount - 1);
            var isLeft = _plain.GoesLeft(node->ForestNode, new ReadOnlySpan<double>(groups.Rows + ((nint)row * _features), _features));
            masks[((nint)node->FirstEdge * Rows) + lane] = BitConverter.Int64BitsToDouble(isLeft ? -1 : 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(ShapNode* nodes, int count, double* masks)
    {
        for (var lane = 0; lane < Rows; lane += TLanes.Count)
        {
            TLanes.Store(masks + lane, TLanes.Broadcast(BitConverter.Int64BitsToDouble(-1)));
        }

        for (var node = nodes; node < nodes + count; node++)
        {
            double* place = masks + ((nint)node->FirstEdge * Rows), above = masks + ((nint)node->EdgeAbove * Rows);
            var firstIsRight = TLanes.Broadcast(BitConverter.Int64BitsToDouble(node->FirstIsRight));
            for (var lane = 0; lane < Rows; lane += TLanes.Count)
            {
                TVector follows = TLanes.Load(above + lane), isFirst = TLanes.Xor(TLanes.Load(place + lane), firstIsRight);
                TLanes.Store(place + lane, TLanes.And(follows, isFirst));
                TLanes.Store(place + Rows + lane, TLanes.AndNot(isFirst, follows));
            }
        }
    }
}

/// <summary>Rows of a block, two vectors of rows a group.</summary>
/// <param name="rows">The rows as they are.</param>
/// <param name="columns">Group after group, column after column, a value a row; places without a row repeat the last one.</param>
internal readonly unsafe ref struct ShapGroups(double* rows, double* columns)
{
    /// <summary>The rows as they are.</summary>
    public double* Rows { get; } = rows;

    /// <summary>Rows there are.</summary>
    public required int RowCount { get; init; }

    public required int Count { get; init; }

    /// <summary>Group after group, column after column, a value a row; places without a row repeat the last one.</summary>
    public double* Columns { get; } = columns;

    /// <summary>Doubles of a group's columns.</summary>
    public required int ColumnWidth { get; init; }

    /// <summary>Doubles of a group's contributions.</summary>
    public required int ContributionWidth { get; init; }
}
