using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>Grows trees leaf by leaf: the leaf with the best gain is split next. Buffers live as long as the grower.</summary>
internal sealed class TreeGrower
{
    private readonly BinnedTable _table;
    private readonly TrainingParameters _parameters;
    private readonly CancellationToken _cancellation;
    private readonly WorkerTeam _team;
    private readonly RowPartition _partition;
    private readonly ILeafRows _leafRows;
    private readonly LeafSearch _search;
    private readonly List<GrowingLeaf> _leaves = [];

    public TreeGrower(BinnedTable table, TrainingParameters parameters, ParallelOptions threads)
    {
        _table = table;
        _parameters = parameters;
        _cancellation = threads.CancellationToken;
        _team = new WorkerTeam(threads.MaxDegreeOfParallelism);
        // Rows are parted and gradients gathered in turn, never at the same time: both use the same room.
        var scratch = GC.AllocateUninitializedArray<int>(2 * table.RowCount);
        _partition = new RowPartition(table.Columns, _team, scratch);
        _leafRows = parameters.UseQuantizedGrad
            ? new QuantisedLeafRows(new QuantisedGradients(table.RowCount, parameters, _team), _partition, _team, scratch)
            : new LeafRows(_partition, _team, scratch);
        _search = new LeafSearch(table, parameters, _team, _leafRows);
    }

    /// <summary>Grows one tree on the rows of a bag (null is every row) with the features that are flagged.</summary>
    public GrownTree Grow(GradientPair[] gradients, int[]? bag, bool[] features)
    {
        _leafRows.Start(gradients);
        var root = Root(bag, features);
        var tree = new GrownTree(root.Sums.Output, root.Rows.Count);
        _leaves.Clear();
        _leaves.Add(root);
        if (MayHoldSplit(root))
        {
            _search.Search(root, null, null);
        }

        while (tree.Leaves.Count < _parameters.NumLeaves && BestLeaf() is { } leaf)
        {
            _cancellation.ThrowIfCancellationRequested();
            Split(tree, leaf);
        }

        _leaves.ForEach(_search.Release);
        if (_parameters is { UseQuantizedGrad: true, QuantTrainRenewLeaf: true } && tree.Nodes.Count > 0)
        {
            _team.Run(_leaves.Count, leaf => tree.Renew(leaf, RenewedOutput(_leaves[leaf], gradients)));
        }

        return tree;
    }

    /// <summary>The rows of a leaf of the tree grown last.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => _partition.Rows(_leaves[leaf].Rows);

    /// <summary>Adds the outputs of the tree grown last to the scores of the rows it was grown on.</summary>
    public void AddOutputs(GrownTree tree, double[] scores)
    {
        (RowRun Run, double Output)[] runs =
            [.. tree.Leaves.SelectMany((leaf, i) => _leaves[i].Rows.Cut(RowPartition.ChunkRows).Select(run => (run, leaf.Output)))];
        _team.Run(runs.Length, unit =>
        {
            foreach (var row in _partition.Rows(runs[unit].Run))
            {
                scores[row] += runs[unit].Output;
            }
        });
    }

    // The sums over all rows are one chain of additions that no thread can share; the histogram is filled meanwhile.
    private GrowingLeaf Root(int[]? bag, bool[] features)
    {
        var run = _partition.Reset(bag);
        _leafRows.Take(run);
        double gradient = 0;
        double hessian = 0;
        var histogram = _search.Filled(features, () => (gradient, hessian) = _leafRows.Sums());
        var output = new LeafMath(_parameters).UnsmoothedOutput(gradient, hessian);
        return new GrowingLeaf(0, run, 0, new LeafSums(gradient, hessian, run.Count, output, OutputBounds.None))
        {
            Splittable = features,
            Histogram = histogram,
        };
    }

    private double RenewedOutput(GrowingLeaf leaf, GradientPair[] gradients)
    {
        double gradient = 0;
        double hessian = 0;
        foreach (var row in _partition.Rows(leaf.Rows))
        {
            gradient += gradients[row].Gradient;
            hessian += gradients[row].Hessian;
        }

        return leaf.Sums.Bounds.Clip(new LeafMath(_parameters).UnsmoothedOutput(gradient, hessian));
    }

    private GrowingLeaf? BestLeaf()
    {
        var best = _leaves[0];
        foreach (var leaf in _leaves)
        {
            best = leaf.Best.IsBetterThan(best.Best) ? leaf : best;
        }

        return best.Best.Gain > 0 ? best : null;
    }

    private void Split(GrownTree tree, GrowingLeaf leaf)
    {
        var split = leaf.Best;
        var goesLeft = _search.GoesLeft(split);
        var (leftRows, rightRows) = _partition.Split(leaf.Rows, split.Feature, goesLeft);
        if (leftRows.Count == 0 || rightRows.Count == 0)
        {
            // Rows are estimated from hessians while splits are searched; the estimate held rows on a side that has none.
            leaf.Best = SplitCandidate.None;
            return;
        }

        tree.Split(leaf.Index, split, goesLeft, _parameters.MinGainToSplit, (leftRows.Count, rightRows.Count));
        var (leftBounds, rightBounds) = leaf.Sums.Bounds.Split(split.Direction, split.Left.Output, split.Right.Output);
        var left = Child(leaf.Index, leftRows, split.Left, leftBounds, leaf);
        var right = Child(_leaves.Count, rightRows, split.Right, rightBounds, leaf);
        _leaves[leaf.Index] = left;
        _leaves.Add(right);
        if (tree.Leaves.Count < _parameters.NumLeaves && (MayHoldSplit(left) || MayHoldSplit(right)))
        {
            var leftIsSmaller = leftRows.Count < rightRows.Count;
            var smaller = leftIsSmaller ? left : right;
            _leafRows.Take(smaller.Rows);
            _search.Search(smaller, leftIsSmaller ? right : left, leaf.Histogram);
        }
        else
        {
            _search.Release(leaf);
        }
    }

    private static GrowingLeaf Child(int index, RowRun rows, in SplitSide side, OutputBounds bounds, GrowingLeaf parent) =>
        new(index, rows, parent.Depth + 1, new LeafSums(side.Gradient, side.Hessian, rows.Count, side.Output, bounds))
        {
            Splittable = parent.Splittable,
        };

    private bool MayHoldSplit(GrowingLeaf leaf) =>
        leaf.Rows.Count >= 2L * _parameters.MinDataInLeaf && (_parameters.MaxDepth <= 0 || leaf.Depth < _parameters.MaxDepth);
}

/// <summary>A leaf that may still be split.</summary>
internal sealed class GrowingLeaf(int index, RowRun rows, int depth, LeafSums sums)
{
    /// <summary>The leaf's number in the tree.</summary>
    public int Index { get; } = index;

    public RowRun Rows { get; } = rows;

    /// <summary>Decisions between the root and this leaf.</summary>
    public int Depth { get; } = depth;

    public LeafSums Sums { get; } = sums;

    /// <summary>Its histogram, once it was searched and has a split.</summary>
    public LeafHistogram? Histogram { get; set; }

    /// <summary>Features with a split in this leaf, one flag a usable feature; its children look at no others, as in LightGBM.</summary>
    public bool[] Splittable { get; set; } = [];

    public SplitCandidate Best { get; set; } = SplitCandidate.None;
}
