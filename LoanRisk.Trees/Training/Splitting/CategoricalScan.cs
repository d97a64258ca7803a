using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// Finds a categorical feature's best set of categories in a leaf: each alone when there are few bins, otherwise the
/// prefixes of the categories ordered by gradient over smoothed hessian, from either end (Fisher 1958). Bin 0, what is
/// missing, unseen or rare, always stays on the right.
/// </summary>
internal ref struct CategoricalScan
{
    private readonly SplitRules _rules;
    private readonly LeafSums _leaf;
    private readonly BinSums _histogram;
    private readonly double _rowsPerHessian;
    private readonly double _gainShift;
    private double _bestGain = double.NegativeInfinity;
    private SideSums _bestLeft;
    private int[] _bestOrder = [];
    private int _bestCount;

    private CategoricalScan(SplitRules rules, in LeafSums leaf, BinSums histogram)
    {
        _rules = rules;
        _leaf = leaf;
        _histogram = histogram;
        _rowsPerHessian = leaf.Rows / leaf.Hessian;
        var parameters = rules.Parameters;
        var unsplit = parameters.PathSmooth > LeafMath.Epsilon
            ? rules.Math.GainAt(leaf.Gradient, leaf.Hessian, leaf.Output)
            : rules.Math.Gain(leaf.Gradient, leaf.Hessian, leaf.Rows, 0);
        _gainShift = unsplit + parameters.MinGainToSplit;
    }

    /// <summary>
    /// The best split of the feature; its <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.
    /// </summary>
    /// <param name="rules">Parameters and leaf formulas.</param>
    /// <param name="binCount">The feature's bins.</param>
    /// <param name="leaf">The leaf's sums; the hessian with its two epsilons added.</param>
    /// <param name="histogram">The feature's gradient and hessian sums by bin.</param>
    public static SplitCandidate Best(SplitRules rules, int binCount, in LeafSums leaf, BinSums histogram)
    {
        var scan = new CategoricalScan(rules, leaf, histogram);
        var oneAgainstRest = binCount <= rules.Parameters.MaxCatToOnehot;
        if (oneAgainstRest)
        {
            scan.EachAlone(binCount);
        }
        else
        {
            var order = scan.Ordered(binCount);
            scan.Prefixes(order);
            int[] reversed = [.. order];
            Array.Reverse(reversed);
            scan.Prefixes(reversed);
        }

        return scan.Result(oneAgainstRest ? rules.Math : rules.GroupMath);
    }

    private void EachAlone(int binCount)
    {
        for (var bin = 1; bin < binCount; bin++)
        {
            var gradient = _histogram.Gradient(bin);
            var hessian = _histogram.Hessian(bin);
            var rows = Rows(hessian);
            var otherRows = _leaf.Rows - rows;
            var otherHessian = _leaf.Hessian - hessian - LeafMath.Epsilon;
            if (IsShort(rows, hessian) || IsShort(otherRows, otherHessian))
            {
                continue;
            }

            var alone = new SideSums(gradient, hessian + LeafMath.Epsilon, rows);
            var gain = _rules.Gain(_rules.Math, _leaf, 0, new SideSums(_leaf.Gradient - gradient, otherHessian, otherRows), alone);
            if (Improves(gain))
            {
                Keep(gain, alone, [bin], 1);
            }
        }
    }

    private readonly int[] Ordered(int binCount)
    {
        var smooth = _rules.Parameters.CatSmooth;
        Span<RankedBin> ranked = stackalloc RankedBin[binCount];
        var count = 0;
        for (var bin = 1; bin < binCount; bin++)
        {
            var hessian = _histogram.Hessian(bin);
            if (Rows(hessian) >= smooth)
            {
                ranked[count++] = new RankedBin(_histogram.Gradient(bin) / (hessian + smooth), bin);
            }
        }

        ranked[..count].Sort(default(ByRank));
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = ranked[i].Bin;
        }

        return order;
    }

    private void Prefixes(int[] order)
    {
        var parameters = _rules.Parameters;
        var most = Math.Min(parameters.MaxCatThreshold, (order.Length + 1) / 2);
        double gradient = 0;
        var hessian = LeafMath.Epsilon;
        var rows = 0;
        var rowsInGroup = 0;
        for (var i = 0; i < most; i++)
        {
            gradient += _histogram.Gradient(order[i]);
            hessian += _histogram.Hessian(order[i]);
            var added = Rows(_histogram.Hessian(order[i]));
            rows += added;
            rowsInGroup += added;
            if (IsShort(rows, hessian))
            {
                continue;
            }

            var rightRows = _leaf.Rows - rows;
            var rightHessian = _leaf.Hessian - hessian;
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
            var gain = _rules.Gain(_rules.GroupMath, _leaf, 0, left, _leaf.Less(left));
            if (Improves(gain))
            {
                Keep(gain, left, order, i + 1);
            }
        }
    }

    private readonly int Rows(double hessian) => (int)((hessian * _rowsPerHessian) + 0.5);

    private readonly bool IsShort(int rows, double hessian) =>
        rows < _rules.Parameters.MinDataInLeaf || hessian < _rules.Parameters.MinSumHessianInLeaf;

    private readonly bool Improves(double gain) => gain > _gainShift && gain > _bestGain;

    private void Keep(double gain, in SideSums left, int[] order, int count)
    {
        _bestGain = gain;
        _bestLeft = left;
        _bestOrder = order;
        _bestCount = count;
    }

    private readonly SplitCandidate Result(in LeafMath math)
    {
        if (_bestCount == 0)
        {
            return SplitCandidate.None;
        }

        return new SplitCandidate
        {
            Gain = _bestGain - _gainShift,
            LeftBins = _bestOrder[.._bestCount],
            Left = _rules.Side(math, _leaf, _bestLeft),
            Right = _rules.Side(math, _leaf, _leaf.Less(_bestLeft)),
        };
    }

    private readonly record struct RankedBin(double Rank, int Bin);

    /// <summary>Equal ranks stay in the order of their bins.</summary>
    private readonly struct ByRank : IComparer<RankedBin>
    {
        public int Compare(RankedBin x, RankedBin y)
        {
            var byRank = x.Rank.CompareTo(y.Rank);
            return byRank != 0 ? byRank : x.Bin.CompareTo(y.Bin);
        }
    }
}
