using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>Grows trees leaf by leaf: the leaf with the best gain is split next. Buffers live as long as the grower.</summary>
internal sealed class TreeGrower
{
    private readonly BinnedTable table;
    private readonly TrainingParameters parameters;
    private readonly CancellationToken cancellation;
    private readonly WorkerTeam team;
    private readonly RowPartition partition;
    private readonly ILeafRows leafRows;
    private readonly LeafSearch search;
    private readonly List<GrowingLeaf> leaves = [];

    public TreeGrower(BinnedTable table, TrainingParameters parameters, ParallelOptions threads)
    {
        this.table = table;
        this.parameters = parameters;
        cancellation = threads.CancellationToken;
        team = new WorkerTeam(threads.MaxDegreeOfParallelism);
        // Rows are parted and gradients gathered in turn, never at the same time: both use the same room.
        int[] scratch = GC.AllocateUninitializedArray<int>(2 * table.RowCount);
        partition = new RowPartition(table.Columns, team, scratch);
        leafRows = parameters.UseQuantizedGrad
            ? new QuantisedLeafRows(new QuantisedGradients(table.RowCount, parameters, team), partition, team, scratch)
            : new LeafRows(partition, team, scratch);
        search = new LeafSearch(table, parameters, team, leafRows);
    }

    /// <summary>Grows one tree on the rows of a bag (null is every row) with the features that are flagged.</summary>
    public GrownTree Grow(GradientPair[] gradients, int[]? bag, bool[] features)
    {
        leafRows.Start(gradients);
        GrowingLeaf root = Root(bag, features);
        var tree = new GrownTree(root.Sums.Output, root.Rows.Count);
        leaves.Clear();
        leaves.Add(root);
        if (MayHoldSplit(root))
        {
            search.Search(root, null, null);
        }

        while (tree.Leaves.Count < parameters.NumLeaves && BestLeaf() is { } leaf)
        {
            cancellation.ThrowIfCancellationRequested();
            Split(tree, leaf);
        }

        leaves.ForEach(search.Release);
        if (parameters is { UseQuantizedGrad: true, QuantTrainRenewLeaf: true } && tree.Nodes.Count > 0)
        {
            team.Run(leaves.Count, leaf => tree.Renew(leaf, RenewedOutput(leaves[leaf], gradients)));
        }

        return tree;
    }

    /// <summary>The rows of a leaf of the tree grown last.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => partition.Rows(leaves[leaf].Rows);

    /// <summary>Adds the outputs of the tree grown last to the scores of the rows it was grown on.</summary>
    public void AddOutputs(GrownTree tree, double[] scores)
    {
        (RowRun Run, double Output)[] runs = [.. tree.Leaves.SelectMany((leaf, i) => leaves[i].Rows.Cut(RowPartition.ChunkRows).Select(run => (run, leaf.Output)))];
        team.Run(runs.Length, unit =>
        {
            foreach (int row in partition.Rows(runs[unit].Run))
            {
                scores[row] += runs[unit].Output;
            }
        });
    }

    // The sums over all rows are one chain of additions that no thread can share; the histogram is filled meanwhile.
    private GrowingLeaf Root(int[]? bag, bool[] features)
    {
        RowRun run = partition.Reset(bag);
        leafRows.Take(run);
        double gradient = 0;
        double hessian = 0;
        LeafHistogram histogram = search.Filled(features, () => (gradient, hessian) = leafRows.Sums());
        double output = new LeafMath(parameters).UnsmoothedOutput(gradient, hessian);
        return new GrowingLeaf(0, run, 0, new LeafSums(gradient, hessian, run.Count, output, OutputBounds.None)) { Splittable = features, Histogram = histogram };
    }

    private double RenewedOutput(GrowingLeaf leaf, GradientPair[] gradients)
    {
        double gradient = 0;
        double hessian = 0;
        foreach (int row in partition.Rows(leaf.Rows))
        {
            gradient += gradients[row].Gradient;
            hessian += gradients[row].Hessian;
        }

        return leaf.Sums.Bounds.Clip(new LeafMath(parameters).UnsmoothedOutput(gradient, hessian));
    }

    private GrowingLeaf? BestLeaf()
    {
        GrowingLeaf best = leaves[0];
        foreach (GrowingLeaf leaf in leaves)
        {
            best = leaf.Best.IsBetterThan(best.Best) ? leaf : best;
        }

        return best.Best.Gain > 0 ? best : null;
    }

    private void Split(GrownTree tree, GrowingLeaf leaf)
    {
        SplitCandidate split = leaf.Best;
        bool[] goesLeft = search.GoesLeft(split);
        var (leftRows, rightRows) = partition.Split(leaf.Rows, split.Feature, goesLeft);
        if (leftRows.Count == 0 || rightRows.Count == 0)
        {
            // Rows are estimated from hessians while splits are searched; the estimate held rows on a side that has none.
            leaf.Best = SplitCandidate.None;
            return;
        }

        tree.Split(leaf.Index, split, goesLeft, parameters.MinGainToSplit, (leftRows.Count, rightRows.Count));
        var (leftBounds, rightBounds) = leaf.Sums.Bounds.Split(split.Direction, split.Left.Output, split.Right.Output);
        GrowingLeaf left = Child(leaf.Index, leftRows, split.Left, leftBounds, leaf);
        GrowingLeaf right = Child(leaves.Count, rightRows, split.Right, rightBounds, leaf);
        leaves[leaf.Index] = left;
        leaves.Add(right);
        if (tree.Leaves.Count < parameters.NumLeaves && (MayHoldSplit(left) || MayHoldSplit(right)))
        {
            bool leftIsSmaller = leftRows.Count < rightRows.Count;
            GrowingLeaf smaller = leftIsSmaller ? left : right;
            leafRows.Take(smaller.Rows);
            search.Search(smaller, leftIsSmaller ? right : left, leaf.Histogram);
        }
        else
        {
            search.Release(leaf);
        }
    }

    private static GrowingLeaf Child(int index, RowRun rows, in SplitSide side, OutputBounds bounds, GrowingLeaf parent) =>
        new(index, rows, parent.Depth + 1, new LeafSums(side.Gradient, side.Hessian, rows.Count, side.Output, bounds)) { Splittable = parent.Splittable };

    private bool MayHoldSplit(GrowingLeaf leaf) =>
        leaf.Rows.Count >= 2L * parameters.MinDataInLeaf && (parameters.MaxDepth <= 0 || leaf.Depth < parameters.MaxDepth);
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
