using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// Finds a numerical feature's best threshold in a leaf. From the right, missing values end up on the left side, from
/// the left on the right side; without missing values one scan from the right is enough, and ties keep the highest bin.
/// </summary>
internal ref struct NumericalScan
{
    private readonly SplitRules rules;
    private readonly LeafMath math;
    private readonly FeatureBins bins;
    private readonly int direction;
    private readonly LeafSums leaf;
    private readonly BinSums histogram;
    private readonly double rowsPerHessian;
    private readonly double gainShift;
    private readonly int minRows;
    private readonly double minHessian;
    private readonly bool isPlain;
    private BestThreshold found = BestThreshold.None;

    private NumericalScan(SplitRules rules, FeatureBins bins, int direction, in LeafSums leaf, BinSums histogram)
    {
        this.rules = rules;
        math = rules.Math;
        this.bins = bins;
        this.direction = direction;
        this.leaf = leaf;
        this.histogram = histogram;
        minRows = rules.Parameters.MinDataInLeaf;
        minHessian = rules.Parameters.MinSumHessianInLeaf;
        isPlain = rules.IsPlain;
        rowsPerHessian = leaf.Rows / leaf.Hessian;
        gainShift = rules.GainShift(leaf);
    }

    /// <summary>The best split of the feature; its <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.</summary>
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
        SplitCandidate best = scan.found.OrBetter(SplitCandidate.None, rules, leaf, way.DefaultLeftFromRight, direction);
        if (way.AlsoFromLeft)
        {
            scan.found = BestThreshold.None;
            scan.FromLeft(way.SkippedBin, way.DerivesFirst);
            best = scan.found.OrBetter(best, rules, leaf, defaultLeft: false, direction);
        }

        return best;
    }

    private void FromRight(int lastBin, int skipped)
    {
        double gradient = 0;
        double hessian = LeafMath.Epsilon;
        int rows = 0;
        for (int bin = lastBin; bin >= 1; bin--)
        {
            if (bin == skipped)
            {
                continue;
            }

            gradient += histogram.Gradient(bin);
            hessian += histogram.Hessian(bin);
            rows += Rows(histogram.Hessian(bin));
            if (IsShort(rows, hessian))
            {
                continue;
            }

            int leftRows = leaf.Rows - rows;
            double leftHessian = leaf.Hessian - hessian;
            if (IsShort(leftRows, leftHessian))
            {
                break;
            }

            Try(new(leaf.Gradient - gradient, leftHessian, leftRows), new(gradient, hessian, rows), bin - 1);
        }
    }

    private void FromLeft(int skipped, bool derivesFirst)
    {
        var (gradient, hessian, rows) = derivesFirst ? FirstBinFromTheRest() : (0, LeafMath.Epsilon, 0);
        for (int bin = 0; bin <= bins.BinCount - 2; bin++)
        {
            if (bin == skipped)
            {
                continue;
            }

            if (bin > 0 || !derivesFirst)
            {
                gradient += histogram.Gradient(bin);
                hessian += histogram.Hessian(bin);
                rows += Rows(histogram.Hessian(bin));
            }

            if (IsShort(rows, hessian))
            {
                continue;
            }

            int rightRows = leaf.Rows - rows;
            double rightHessian = leaf.Hessian - hessian;
            if (IsShort(rightRows, rightHessian))
            {
                break;
            }

            Try(new(gradient, hessian, rows), new(leaf.Gradient - gradient, rightHessian, rightRows), bin);
        }
    }

    private readonly (double Gradient, double Hessian, int Rows) FirstBinFromTheRest()
    {
        double gradient = leaf.Gradient;
        double hessian = leaf.Hessian - LeafMath.Epsilon;
        int rows = leaf.Rows;
        for (int bin = 1; bin < bins.BinCount; bin++)
        {
            gradient -= histogram.Gradient(bin);
            hessian -= histogram.Hessian(bin);
            rows -= Rows(histogram.Hessian(bin));
        }

        return (gradient, hessian, rows);
    }

    private readonly int Rows(double hessian) => (int)((hessian * rowsPerHessian) + 0.5);

    private readonly bool IsShort(int rows, double hessian) =>
        rows < minRows || hessian < minHessian;

    private void Try(in SideSums left, in SideSums right, int threshold)
    {
        double gain = isPlain
            ? math.PlainGain(left.Gradient, left.Hessian) + math.PlainGain(right.Gradient, right.Hessian)
            : rules.Gain(math, leaf, direction, left, right);
        if (gain <= gainShift || gain <= found.Gain || leaf.Bounds.IsEmpty)
        {
            return;
        }

        found = new BestThreshold(gain, left, threshold);
    }
}

/// <summary>How a numerical feature's bins are scanned, which hangs on what is missing in it.</summary>
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

    /// <summary>This split, or the one found before unless this is better: compared after the shift was taken off and put on again, as LightGBM does.</summary>
    public SplitCandidate OrBetter(in SplitCandidate sofar, SplitRules rules, in LeafSums leaf, bool defaultLeft, int direction)
    {
        double gainShift = rules.GainShift(leaf);
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
