using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// Finds a categorical feature's best set of categories in a leaf: each alone when there are few bins, otherwise the
/// prefixes of the categories ordered by gradient over smoothed hessian, from either end (Fisher 1958). Bin 0, what is
/// missing, unseen or rare, always stays on the right.
/// </summary>
internal ref struct CategoricalScan
{
    private readonly SplitRules rules;
    private readonly LeafSums leaf;
    private readonly BinSums histogram;
    private readonly double rowsPerHessian;
    private readonly double gainShift;
    private double bestGain = double.NegativeInfinity;
    private SideSums bestLeft;
    private int[] bestOrder = [];
    private int bestCount;

    private CategoricalScan(SplitRules rules, in LeafSums leaf, BinSums histogram)
    {
        this.rules = rules;
        this.leaf = leaf;
        this.histogram = histogram;
        rowsPerHessian = leaf.Rows / leaf.Hessian;
        TrainingParameters parameters = rules.Parameters;
        double unsplit = parameters.PathSmooth > LeafMath.Epsilon
            ? rules.Math.GainAt(leaf.Gradient, leaf.Hessian, leaf.Output)
            : rules.Math.Gain(leaf.Gradient, leaf.Hessian, leaf.Rows, 0);
        gainShift = unsplit + parameters.MinGainToSplit;
    }

    /// <summary>The best split of the feature; its <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.</summary>
    /// <param name="rules">Parameters and leaf formulas.</param>
    /// <param name="binCount">The feature's bins.</param>
    /// <param name="leaf">The leaf's sums; the hessian with its two epsilons added.</param>
    /// <param name="histogram">The feature's gradient and hessian sums by bin.</param>
    public static SplitCandidate Best(SplitRules rules, int binCount, in LeafSums leaf, BinSums histogram)
    {
        var scan = new CategoricalScan(rules, leaf, histogram);
        bool oneAgainstRest = binCount <= rules.Parameters.MaxCatToOnehot;
        if (oneAgainstRest)
        {
            scan.EachAlone(binCount);
        }
        else
        {
            int[] order = scan.Ordered(binCount);
            scan.Prefixes(order);
            int[] reversed = [.. order];
            Array.Reverse(reversed);
            scan.Prefixes(reversed);
        }

        return scan.Result(oneAgainstRest ? rules.Math : rules.GroupMath);
    }

    private void EachAlone(int binCount)
    {
        for (int bin = 1; bin < binCount; bin++)
        {
            double gradient = histogram.Gradient(bin);
            double hessian = histogram.Hessian(bin);
            int rows = Rows(hessian);
            int otherRows = leaf.Rows - rows;
            double otherHessian = leaf.Hessian - hessian - LeafMath.Epsilon;
            if (IsShort(rows, hessian) || IsShort(otherRows, otherHessian))
            {
                continue;
            }

            var alone = new SideSums(gradient, hessian + LeafMath.Epsilon, rows);
            double gain = rules.Gain(rules.Math, leaf, 0, new SideSums(leaf.Gradient - gradient, otherHessian, otherRows), alone);
            if (Improves(gain))
            {
                Keep(gain, alone, [bin], 1);
            }
        }
    }

    private readonly int[] Ordered(int binCount)
    {
        double smooth = rules.Parameters.CatSmooth;
        Span<RankedBin> ranked = stackalloc RankedBin[binCount];
        int count = 0;
        for (int bin = 1; bin < binCount; bin++)
        {
            double hessian = histogram.Hessian(bin);
            if (Rows(hessian) >= smooth)
            {
                ranked[count++] = new RankedBin(histogram.Gradient(bin) / (hessian + smooth), bin);
            }
        }

        ranked[..count].Sort(default(ByRank));
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = ranked[i].Bin;
        }

        return order;
    }

    private void Prefixes(int[] order)
    {
        TrainingParameters parameters = rules.Parameters;
        int most = Math.Min(parameters.MaxCatThreshold, (order.Length + 1) / 2);
        double gradient = 0;
        double hessian = LeafMath.Epsilon;
        int rows = 0;
        int rowsInGroup = 0;
        for (int i = 0; i < most; i++)
        {
            gradient += histogram.Gradient(order[i]);
            hessian += histogram.Hessian(order[i]);
            int added = Rows(histogram.Hessian(order[i]));
            rows += added;
            rowsInGroup += added;
            if (IsShort(rows, hessian))
            {
                continue;
            }

            int rightRows = leaf.Rows - rows;
            double rightHessian = leaf.Hessian - hessian;
            if (IsShort(rightRows, rightHessian) || rightRows < parameters.MinDataPerGroup)
            {
                break;
            }

            if (rowsInGroup < parameters.MinDataPerGroup)
            {
                continue;
            }

            rowsInGroup = 0;
            var left = new SideSums(gradient, hessian, rows);
            double gain = rules.Gain(rules.GroupMath, leaf, 0, left, leaf.Less(left));
            if (Improves(gain))
            {
                Keep(gain, left, order, i + 1);
            }
        }
    }

    private readonly int Rows(double hessian) => (int)((hessian * rowsPerHessian) + 0.5);

    private readonly bool IsShort(int rows, double hessian) =>
        rows < rules.Parameters.MinDataInLeaf || hessian < rules.Parameters.MinSumHessianInLeaf;

    private readonly bool Improves(double gain) => gain > gainShift && gain > bestGain;

    private void Keep(double gain, in SideSums left, int[] order, int count)
    {
        bestGain = gain;
        bestLeft = left;
        bestOrder = order;
        bestCount = count;
    }

    private readonly SplitCandidate Result(in LeafMath math)
    {
        if (bestCount == 0)
        {
            return SplitCandidate.None;
        }

        return new SplitCandidate
        {
            Gain = bestGain - gainShift,
            LeftBins = bestOrder[..bestCount],
            Left = rules.Side(math, leaf, bestLeft),
            Right = rules.Side(math, leaf, leaf.Less(bestLeft)),
        };
    }

    private readonly record struct RankedBin(double Rank, int Bin);

    /// <summary>Equal ranks stay in the order of their bins.</summary>
    private readonly struct ByRank : IComparer<RankedBin>
    {
        public int Compare(RankedBin x, RankedBin y)
        {
            int byRank = x.Rank.CompareTo(y.Rank);
            return byRank != 0 ? byRank : x.Bin.CompareTo(y.Bin);
        }
    }
}
