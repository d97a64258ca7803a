using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>
/// Grows trees leaf by leaf: the leaf with the best gain is split next. Of two children the smaller one's histogram is
/// built and the larger one's is the parent's less that. Buffers live as long as the grower.
/// </summary>
internal sealed class TreeGrower
{
    // Below this many bin additions starting threads costs more than it saves.
    private const long WorkWorthThreads = 30_000;

    private readonly BinnedTable table;
    private readonly TrainingParameters parameters;
    private readonly ParallelOptions threads;
    private readonly RowPartition partition;
    private readonly HistogramLayout layout;
    private readonly HistogramPool pool;
    private readonly SplitSearch search;
    private readonly GradientPair[] gathered;
    private readonly SplitCandidate[] smallerFound;
    private readonly SplitCandidate[] largerFound;
    private readonly List<GrowingLeaf> leaves = [];

    public TreeGrower(BinnedTable table, TrainingParameters parameters, ParallelOptions threads)
    {
        this.table = table;
        this.parameters = parameters;
        this.threads = threads;
        partition = new RowPartition(table.RowCount);
        layout = new HistogramLayout(table.Bins);
        pool = new HistogramPool(layout);
        search = new SplitSearch(table, parameters, layout);
        gathered = new GradientPair[table.RowCount];
        smallerFound = new SplitCandidate[table.Bins.Length];
        largerFound = new SplitCandidate[table.Bins.Length];
    }

    /// <summary>Grows one tree on the rows of a bag with the features that are flagged.</summary>
    public GrownTree Grow(GradientPair[] gradients, int[] bag, bool[] features)
    {
        GrowingLeaf root = Root(gradients, bag, features);
        var tree = new GrownTree(root.Sums.Output, bag.Length);
        leaves.Clear();
        leaves.Add(root);
        if (MayHoldSplit(root))
        {
            Search(root, null, null, gradients);
        }

        while (tree.Leaves.Count < parameters.NumLeaves && BestLeaf() is { } leaf)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            Split(tree, leaf, gradients);
        }

        leaves.ForEach(Release);
        return tree;
    }

    /// <summary>The rows of a leaf of the tree grown last.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => partition.Rows(leaves[leaf].Rows);

    private GrowingLeaf Root(GradientPair[] gradients, int[] bag, bool[] features)
    {
        double gradient = 0;
        double hessian = 0;
        foreach (int row in bag)
        {
            gradient += gradients[row].Gradient;
            hessian += gradients[row].Hessian;
        }

        double output = new LeafMath(parameters).UnsmoothedOutput(gradient, hessian);
        return new GrowingLeaf(0, partition.Reset(bag), 0, new LeafSums(gradient, hessian, bag.Length, output, OutputBounds.None)) { Splittable = features };
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

    private void Split(GrownTree tree, GrowingLeaf leaf, GradientPair[] gradients)
    {
        SplitCandidate split = leaf.Best;
        bool[] goesLeft = search.GoesLeft(split);
        var (leftRows, rightRows) = partition.Split(leaf.Rows, table.Columns[split.Feature], goesLeft);
        if (leftRows.Count == 0 || rightRows.Count == 0)
        {
            // Rows are estimated from hessians while splits are searched; the estimate held rows on a side that has none.
            leaf.Best = SplitCandidate.None;
            return;
        }

        tree.Split(leaf.Index, split, goesLeft, parameters.MinGainToSplit, leftRows.Count, rightRows.Count);
        var (leftBounds, rightBounds) = leaf.Sums.Bounds.Split(split.Direction, split.Left.Output, split.Right.Output);
        GrowingLeaf left = Child(leaf.Index, leftRows, split.Left, leftBounds, leaf);
        GrowingLeaf right = Child(leaves.Count, rightRows, split.Right, rightBounds, leaf);
        leaves[leaf.Index] = left;
        leaves.Add(right);
        if (tree.Leaves.Count < parameters.NumLeaves && (MayHoldSplit(left) || MayHoldSplit(right)))
        {
            bool leftIsSmaller = leftRows.Count < rightRows.Count;
            Search(leftIsSmaller ? left : right, leftIsSmaller ? right : left, leaf.Histogram, gradients);
        }
        else
        {
            Release(leaf);
        }
    }

    private static GrowingLeaf Child(int index, RowRun rows, in SplitSide side, OutputBounds bounds, GrowingLeaf parent) =>
        new(index, rows, parent.Depth + 1, new LeafSums(side.Gradient, side.Hessian, rows.Count, side.Output, bounds)) { Splittable = parent.Splittable };

    private bool MayHoldSplit(GrowingLeaf leaf) =>
        leaf.Rows.Count >= 2L * parameters.MinDataInLeaf && (parameters.MaxDepth <= 0 || leaf.Depth < parameters.MaxDepth);

    // The larger leaf takes over the parent's histogram.
    private void Search(GrowingLeaf smaller, GrowingLeaf? larger, double[]? parentHistogram, GradientPair[] gradients)
    {
        smaller.Histogram = pool.Rent();
        if (larger is not null)
        {
            larger.Histogram = parentHistogram;
        }

        int[] features = [.. Enumerable.Range(0, table.Bins.Length).Where(feature => smaller.Splittable[feature])];
        Gather(partition.Rows(smaller.Rows), gradients);
        long work = (long)features.Length * (smaller.Rows.Count + 256);
        if (work < WorkWorthThreads)
        {
            Array.ForEach(features, feature => SearchFeature(feature, smaller, larger));
        }
        else
        {
            Parallel.For(0, features.Length, threads, i => SearchFeature(features[i], smaller, larger));
        }

        Conclude(smaller, smallerFound, features);
        if (larger is not null)
        {
            Conclude(larger, largerFound, features);
        }
    }

    private void Gather(ReadOnlySpan<int> rows, GradientPair[] gradients)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            gathered[i] = gradients[rows[i]];
        }
    }

    private void SearchFeature(int feature, GrowingLeaf smaller, GrowingLeaf? larger)
    {
        Span<double> bins = layout.Slice(smaller.Histogram!, feature);
        HistogramKernel.Fill(table.Columns[feature], partition.Rows(smaller.Rows), gathered.AsSpan(0, smaller.Rows.Count), bins);
        int derived = table.Bins[feature].DerivedBin;
        if (derived > 0)
        {
            HistogramKernel.Derive(bins, derived, smaller.Sums.Gradient, smaller.Sums.Hessian);
        }

        smallerFound[feature] = search.Best(feature, smaller.Sums, smaller.Histogram!);
        if (larger is not null)
        {
            HistogramKernel.Subtract(layout.Slice(larger.Histogram!, feature), bins);
            largerFound[feature] = search.Best(feature, larger.Sums, larger.Histogram!);
        }
    }

    private void Conclude(GrowingLeaf leaf, SplitCandidate[] found, int[] features)
    {
        leaf.Splittable = new bool[found.Length];
        foreach (int feature in features)
        {
            leaf.Splittable[feature] = found[feature].Feature >= 0;
            leaf.Best = found[feature].IsBetterThan(leaf.Best) ? found[feature] : leaf.Best;
        }

        if (!(leaf.Best.Gain > 0))
        {
            Release(leaf);
        }
    }

    private void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
        {
            pool.Return(histogram);
            leaf.Histogram = null;
        }
    }
}
