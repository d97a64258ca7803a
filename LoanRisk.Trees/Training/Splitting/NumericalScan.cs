using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// Finds a numerical feature's best threshold in a leaf. From the right, missing values end up on the left side, from
/// the left on the right side; without missing values one scan from the right is enough, and ties keep the highest bin.
/// </summary>
internal ref struct NumericalScan
{
    private readonly SplitRules _rules;
    private readonly LeafMath _math;
    private readonly FeatureBins _bins;
    private readonly int _direction;
    private readonly LeafSums _leaf;
    private readonly BinSums _histogram;
    private readonly double _rowsPerHessian;
    private readonly double _gainShift;
    private readonly int _minRows;
    private readonly double _minHessian;
    private readonly bool _isPlain;
    private BestThreshold _found = BestThreshold.None;

    private NumericalScan(SplitRules rules, FeatureBins bins, int direction, in LeafSums leaf, BinSums histogram)
    {
        _rules = rules;
        _math = rules.Math;
        _bins = bins;
        _direction = direction;
        _leaf = leaf;
        _histogram = histogram;
        _minRows = rules.Parameters.MinDataInLeaf;
        _minHessian = rules.Parameters.MinSumHessianInLeaf;
        _isPlain = rules.IsPlain;
        _rowsPerHessian = leaf.Rows / leaf.Hessian;
        _gainShift = rules.GainShift(leaf);
    }

    /// <summary>
    /// The best split of the feature; its <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.
    /// </summary>
    /// <param name="rules">Parameters and leaf formulas.</param>
    /// <param name="bins">The feature's bins.</param>
    /// <param name="direction">Its monotone direction.</param>
    /// <param name="leaf">The leaf's sums; the hessian with its two epsilons added.</param>
    /// <param name="histogram">The feature's gradient and hessian sums by bin.</param>
    public static SplitCandidate Best(SplitRules rules, FeatureBins bins, int direction, in LeafSums leaf, BinSums histogram)
    {
        var scan = new NumericalScan(rules, bins, direction, leaf, histogram);
        var way = new ScanWay(bins);
        scan.FromRight(way.LastFromRight, way.SkippedBin);
        var best = scan._found.OrBetter(SplitCandidate.None, rules, leaf, way.DefaultLeftFromRight, direction);
        if (way.AlsoFromLeft)
        {
            scan._found = BestThreshold.None;
            scan.FromLeft(way.SkippedBin, way.DerivesFirst);
            best = scan._found.OrBetter(best, rules, leaf, defaultLeft: false, direction);
        }

        return best;
    }

    private void FromRight(int lastBin, int skipped)
    {
        double gradient = 0;
        var hessian = LeafMath.Epsilon;
        var rows = 0;
        for (var bin = lastBin; bin >= 1; bin--)
        {
            if (bin == skipped)
            {
                continue;
            }

            gradient += _histogram.Gradient(bin);
            hessian += _histogram.Hessian(bin);
            rows += Rows(_histogram.Hessian(bin));
            if (IsShort(rows, hessian))
            {
                continue;
            }

            var leftRows = _leaf.Rows - rows;
            var leftHessian = _leaf.Hessian - hessian;
            if (IsShort(leftRows, leftHessian))
            {
                break;
            }

            Try(new(_leaf.Gradient - gradient, leftHessian, leftRows), new(gradient, hessian, rows), bin - 1);
        }
    }

    private void FromLeft(int skipped, bool derivesFirst)
    {
        var (gradient, hessian, rows) = derivesFirst ? FirstBinFromTheRest() : (0, LeafMath.Epsilon, 0);
        for (var bin = 0; bin <= _bins.BinCount - 2; bin++)
        {
            if (bin == skipped)
            {
                continue;
            }

            if (bin > 0 || !derivesFirst)
            {
                gradient += _histogram.Gradient(bin);
                hessian += _histogram.Hessian(bin);
                rows += Rows(_histogram.Hessian(bin));
            }

            if (IsShort(rows, hessian))
            {
                continue;
            }

            var rightRows = _leaf.Rows - rows;
            var rightHessian = _leaf.Hessian - hessian;
            if (IsShort(rightRows, rightHessian))
            {
                break;
            }

            Try(new(gradient, hessian, rows), new(_leaf.Gradient - gradient, rightHessian, rightRows), bin);
        }
    }

    private readonly (double Gradient, double Hessian, int Rows) FirstBinFromTheRest()
    {
        var gradient = _leaf.Gradient;
        var hessian = _leaf.Hessian - LeafMath.Epsilon;
        var rows = _leaf.Rows;
        for (var bin = 1; bin < _bins.BinCount; bin++)
        {
            gradient -= _histogram.Gradient(bin);
            hessian -= _histogram.Hessian(bin);
            rows -= Rows(_histogram.Hessian(bin));
        }

        return (gradient, hessian, rows);
    }

    private readonly int Rows(double hessian) => (int)((hessian * _rowsPerHessian) + 0.5);

    private readonly bool IsShort(int rows, double hessian) =>
        rows < _minRows || hessian < _minHessian;

    private void Try(in SideSums left, in SideSums right, int threshold)
    {
        var gain = _isPlain
            ? _math.PlainGain(left.Gradient, left.Hessian) + _math.PlainGain(right.Gradient, right.Hessian)
            : _rules.Gain(_math, _leaf, _direction, left, right);
        if (gain <= _gainShift || gain <= _found.Gain || _leaf.Bounds.IsEmpty)
        {
            return;
        }

        _found = new BestThreshold(gain, left, threshold);
    }
}

/// <summary>How a numerical feature's bins are scanned, which depends on what is missing in it.</summary>
internal readonly record struct ScanWay
{
    public ScanWay(FeatureBins bins)
    {
        AlsoFromLeft = bins.BinCount > 2 && bins.Missing != MissingType.None;
        SkippedBin = AlsoFromLeft && bins.Missing == MissingType.Zero ? bins.ZeroBin : -1;
        LastFromRight = bins.BinCount - 1 - (AlsoFromLeft && bins.Missing == MissingType.NaN ? 1 : 0);
        LastFromLeft = bins.BinCount - 2;
        DefaultLeftFromRight = AlsoFromLeft || bins.Missing != MissingType.NaN;
        DerivesFirst = bins.DerivedBin == 0 && bins.Missing == MissingType.NaN;
    }

    /// <summary>A second scan starts from the left.</summary>
    public bool AlsoFromLeft { get; }

    /// <summary>The missing bin, that scans go over; -1 without one.</summary>
    public int SkippedBin { get; }

    /// <summary>The first bin from the right.</summary>
    public int LastFromRight { get; }

    /// <summary>The last bin from the left.</summary>
    public int LastFromLeft { get; }

    /// <summary>Where missing values go when the scan from the right found the split.</summary>
    public bool DefaultLeftFromRight { get; }

    /// <summary>From the left, bin 0 is taken to be what the other bins leave of the leaf.</summary>
    public bool DerivesFirst { get; }
}

/// <summary>The best threshold of one scan; the gain is still that of both sides, the unsplit leaf's not taken off.</summary>
internal readonly record struct BestThreshold(double Gain, SideSums Left, int Bin)
{
    /// <summary>What a scan starts from.</summary>
    public static BestThreshold None { get; } = new(double.NegativeInfinity, default, 0);

    /// <summary>
    /// This split, or the one found before unless this is better: compared after the shift was taken off and put on again, as
    /// LightGBM does.
    /// </summary>
    public SplitCandidate OrBetter(in SplitCandidate sofar, SplitRules rules, in LeafSums leaf, bool defaultLeft, int direction)
    {
        var gainShift = rules.GainShift(leaf);
        if (!(Gain > sofar.Gain + gainShift))
        {
            return sofar;
        }

        return new SplitCandidate
        {
            Gain = Gain - gainShift,
            ThresholdBin = Bin,
            DefaultLeft = defaultLeft,
            Direction = direction,
            Left = rules.Side(rules.Math, leaf, Left),
            Right = rules.Side(rules.Math, leaf, leaf.Less(Left)),
        };
    }
}
