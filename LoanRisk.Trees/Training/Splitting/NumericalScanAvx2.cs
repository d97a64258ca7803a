using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Splitting;

/// <summary>
/// <see cref="NumericalScan"/> for the four features of half a stripe at once, where gains need neither L1, limits nor
/// directions. A feature's sums and gains stay in its lane and are worked out in the same order, so the splits found are
/// the same, bit for bit. Row counts are whole numbers in doubles.
/// </summary>
internal sealed unsafe class NumericalScanAvx2
{
    private const int Lanes = 4;

    // With hardly any hessian rounding may estimate more rows than an int holds; NumericalScan knows what to do then.
    private const double LeastHessian = 1e-3;

    // Unpacking pairs puts lane 2 second.
    private static ReadOnlySpan<int> FeatureOfLane => [0, 2, 1, 3];

    private readonly SplitRules rules;
    private readonly ScanWay?[] ways;
    private readonly int half;
    private readonly int lastFromRight;
    private readonly int lastFromLeft;

    /// <param name="rules">Parameters and leaf formulas.</param>
    /// <param name="half">Which half of the stripe.</param>
    /// <param name="bins">The bins of each lane's feature; null where it is none to scan.</param>
    public NumericalScanAvx2(SplitRules rules, int half, ReadOnlySpan<FeatureBins?> bins)
    {
        this.rules = rules;
        this.half = half;
        ways = new ScanWay?[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int feature = FeatureOfLane[lane];
            ways[lane] = feature < bins.Length && bins[feature] is { } own ? new ScanWay(own) : null;
        }

        lastFromRight = ways.Max(way => way?.LastFromRight ?? 0);
        lastFromLeft = ways.Max(way => way is { AlsoFromLeft: true } own ? own.LastFromLeft : -1);
    }

    /// <summary>Whether it can scan on this machine, under these rules.</summary>
    public static bool CanScan(SplitRules rules) => Avx2.IsSupported && rules.IsPlain;

    /// <summary>Whether it can scan this leaf.</summary>
    public static bool CanScan(in LeafSums leaf) => leaf.Hessian >= LeastHessian && !leaf.Bounds.IsEmpty;

    /// <summary>The best split of each of the four; <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.</summary>
    /// <param name="leaf">The leaf's sums; the hessian with its two epsilons added.</param>
    /// <param name="stripe">The stripe's part of the leaf's histogram.</param>
    /// <param name="best">One split a lane.</param>
    public void Best(in LeafSums leaf, ReadOnlySpan<double> stripe, Span<SplitCandidate> best)
    {
        var found = new Found();
        double gainShift = rules.GainShift(leaf);
        fixed (double* sums = stripe)
        {
            FromRight(leaf, gainShift, sums + (half * 2 * Lanes), &found);
            for (int lane = 0; lane < Lanes; lane++)
            {
                best[FeatureOfLane[lane]] = ways[lane] is { } way
                    ? found[lane].OrBetter(SplitCandidate.None, rules, leaf, way.DefaultLeftFromRight, 0)
                    : SplitCandidate.None;
            }

            if (lastFromLeft < 0)
            {
                return;
            }

            FromLeft(leaf, gainShift, sums + (half * 2 * Lanes), &found);
            for (int lane = 0; lane < Lanes; lane++)
            {
                if (ways[lane] is { AlsoFromLeft: true })
                {
                    ref SplitCandidate own = ref best[FeatureOfLane[lane]];
                    own = found[lane].OrBetter(own, rules, leaf, defaultLeft: false, 0);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FromRight(in LeafSums leaf, double gainShift, double* sums, Found* found)
    {
        var trial = new Trial(rules, leaf, gainShift);
        Vector256<double> last = Each(static way => way?.LastFromRight ?? 0);
        Vector256<double> skipped = Each(static way => way?.SkippedBin ?? -1);
        Vector256<double> gradient = Vector256<double>.Zero, rows = Vector256<double>.Zero, hessian = Vector256.Create(LeafMath.Epsilon);
        for (int bin = lastFromRight; bin >= 1 && trial.IsAlive; bin--)
        {
            Vector256<double> at = Vector256.Create((double)bin);
            Vector256<double> active = Vector256.LessThanOrEqual(at, last) & ~Vector256.Equals(at, skipped);
            var (g, h) = Load(sums, bin);
            gradient += g & active;
            hessian += h & active;
            rows += trial.Rows(h & active);
            trial.Try(active, gradient, hessian, rows, Vector256.Create(bin - 1.0), isLeft: false);
        }

        *found = trial.Found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FromLeft(in LeafSums leaf, double gainShift, double* sums, Found* found)
    {
        var trial = new Trial(rules, leaf, gainShift);
        Vector256<double> last = Each(static way => way is { AlsoFromLeft: true } own ? own.LastFromLeft : -1);
        Vector256<double> skipped = Each(static way => way?.SkippedBin ?? -1);
        Vector256<double> derivesFirst = Vector256.Equals(Each(static way => way is { DerivesFirst: true } ? 1 : 0), Vector256<double>.One);
        Vector256<double> gradient = Vector256.Create(leaf.Gradient), hessian = Vector256.Create(leaf.Hessian - LeafMath.Epsilon), rows = Vector256.Create((double)leaf.Rows);
        for (int bin = 1; bin <= lastFromLeft + 1 && derivesFirst != Vector256<double>.Zero; bin++)
        {
            var (g, h) = Load(sums, bin);
            gradient -= g;
            hessian -= h;
            rows -= trial.Rows(h);
        }

        gradient &= derivesFirst;
        hessian = Vector256.ConditionalSelect(derivesFirst, hessian, Vector256.Create(LeafMath.Epsilon));
        rows &= derivesFirst;
        for (int bin = 0; bin <= lastFromLeft && trial.IsAlive; bin++)
        {
            Vector256<double> at = Vector256.Create((double)bin);
            Vector256<double> active = Vector256.LessThanOrEqual(at, last) & ~Vector256.Equals(at, skipped);
            Vector256<double> added = bin == 0 ? active & ~derivesFirst : active;
            var (g, h) = Load(sums, bin);
            gradient += g & added;
            hessian += h & added;
            rows += trial.Rows(h & added);
            trial.Try(active, gradient, hessian, rows, at, isLeft: true);
        }

        *found = trial.Found;
    }

    private Vector256<double> Each(Func<ScanWay?, double> value) => Vector256.Create(value(ways[0]), value(ways[1]), value(ways[2]), value(ways[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Gradients, Vector256<double> Hessians) Load(double* sums, int bin)
    {
        Vector256<double> low = Vector256.Load(sums + (bin * HistogramLayout.Stride));
        Vector256<double> high = Vector256.Load(sums + (bin * HistogramLayout.Stride) + Lanes);
        return (Avx.UnpackLow(low, high), Avx.UnpackHigh(low, high));
    }

    /// <summary>The best threshold of each lane.</summary>
    private struct Found
    {
        public Vector256<double> Gain, LeftGradient, LeftHessian, LeftRows, Bin;

        public readonly BestThreshold this[int lane] => new(Gain[lane], new(LeftGradient[lane], LeftHessian[lane], (int)LeftRows[lane]), (int)Bin[lane]);
    }

    /// <summary>Tries one threshold a lane and keeps the best; a lane whose other side grew too small is tried no more.</summary>
    private struct Trial
    {
        private readonly Vector256<double> leafGradient, leafHessian, leafRows, rowsPerHessian, shift, l2, minRows, minHessian;
        private Vector256<double> alive = Vector256<double>.AllBitsSet;

        public Trial(SplitRules rules, in LeafSums leaf, double gainShift)
        {
            leafGradient = Vector256.Create(leaf.Gradient);
            leafHessian = Vector256.Create(leaf.Hessian);
            leafRows = Vector256.Create((double)leaf.Rows);
            rowsPerHessian = Vector256.Create(leaf.Rows / leaf.Hessian);
            shift = Vector256.Create(gainShift);
            l2 = Vector256.Create(rules.Parameters.LambdaL2);
            minRows = Vector256.Create((double)rules.Parameters.MinDataInLeaf);
            minHessian = Vector256.Create(rules.Parameters.MinSumHessianInLeaf);
            Found.Gain = Vector256.Create(double.NegativeInfinity);
        }

        public Found Found;

        public readonly bool IsAlive => Avx.MoveMask(alive) != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector256<double> Rows(Vector256<double> hessian) => Vector256.Truncate((hessian * rowsPerHessian) + Vector256.Create(0.5));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Try(Vector256<double> active, Vector256<double> gradient, Vector256<double> hessian, Vector256<double> rows, Vector256<double> bin, bool isLeft)
        {
            Vector256<double> otherRows = leafRows - rows;
            Vector256<double> otherHessian = leafHessian - hessian;
            Vector256<double> reached = active & alive & ~(Vector256.LessThan(rows, minRows) | Vector256.LessThan(hessian, minHessian));
            Vector256<double> isShort = reached & (Vector256.LessThan(otherRows, minRows) | Vector256.LessThan(otherHessian, minHessian));
            alive &= ~isShort;
            Vector256<double> otherGradient = leafGradient - gradient;
            Vector256<double> gain = isLeft
                ? Gain(gradient, hessian) + Gain(otherGradient, otherHessian)
                : Gain(otherGradient, otherHessian) + Gain(gradient, hessian);
            Vector256<double> better = reached & ~isShort & ~(Vector256.LessThanOrEqual(gain, shift) | Vector256.LessThanOrEqual(gain, Found.Gain));
            Found.Gain = Vector256.ConditionalSelect(better, gain, Found.Gain);
            Found.LeftGradient = Vector256.ConditionalSelect(better, isLeft ? gradient : otherGradient, Found.LeftGradient);
            Found.LeftHessian = Vector256.ConditionalSelect(better, isLeft ? hessian : otherHessian, Found.LeftHessian);
            Found.LeftRows = Vector256.ConditionalSelect(better, isLeft ? rows : otherRows, Found.LeftRows);
            Found.Bin = Vector256.ConditionalSelect(better, bin, Found.Bin);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector256<double> Gain(Vector256<double> gradient, Vector256<double> hessian) => gradient * gradient / (hessian + l2);
    }
}
