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

    private readonly SplitRules _rules;
    private readonly ScanWay?[] _ways;
    private readonly int _half;
    private readonly int _lastFromRight;
    private readonly int _lastFromLeft;

    /// <param name="rules">Parameters and leaf formulas.</param>
    /// <param name="half">Which half of the stripe.</param>
    /// <param name="bins">The bins of each lane's feature; null where it is none to scan.</param>
    public NumericalScanAvx2(SplitRules rules, int half, ReadOnlySpan<FeatureBins?> bins)
    {
        _rules = rules;
        _half = half;
        _ways = new ScanWay?[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var feature = FeatureOfLane[lane];
            _ways[lane] = feature < bins.Length && bins[feature] is { } own ? new ScanWay(own) : null;
        }

        _lastFromRight = _ways.Max(way => way?.LastFromRight ?? 0);
        _lastFromLeft = _ways.Max(way => way is { AlsoFromLeft: true } own ? own.LastFromLeft : -1);
    }

    /// <summary>Whether it can scan on this machine, under these rules.</summary>
    public static bool CanScan(SplitRules rules) => Avx2.IsSupported && rules.IsPlain;

    /// <summary>Whether it can scan this leaf.</summary>
    public static bool CanScan(in LeafSums leaf) => leaf.Hessian >= LeastHessian && !leaf.Bounds.IsEmpty;

    /// <summary>
    /// The best split of each of the four; <see cref="SplitCandidate.Feature"/> is 0 for the caller to set, -1 when there is none.
    /// </summary>
    /// <param name="leaf">The leaf's sums; the hessian with its two epsilons added.</param>
    /// <param name="stripe">The stripe's part of the leaf's histogram.</param>
    /// <param name="best">One split a lane.</param>
    public void Best(in LeafSums leaf, ReadOnlySpan<double> stripe, Span<SplitCandidate> best)
    {
        var found = new Found();
        var gainShift = _rules.GainShift(leaf);
        fixed (double* sums = stripe)
        {
            FromRight(leaf, gainShift, sums + (_half * 2 * Lanes), &found);
            for (var lane = 0; lane < Lanes; lane++)
            {
                best[FeatureOfLane[lane]] = _ways[lane] is { } way
                    ? found[lane].OrBetter(SplitCandidate.None, _rules, leaf, way.DefaultLeftFromRight, 0)
                    : SplitCandidate.None;
            }

            if (_lastFromLeft < 0)
            {
                return;
            }

            FromLeft(leaf, gainShift, sums + (_half * 2 * Lanes), &found);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (_ways[lane] is { AlsoFromLeft: true })
                {
                    ref var own = ref best[FeatureOfLane[lane]];
                    own = found[lane].OrBetter(own, _rules, leaf, defaultLeft: false, 0);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FromRight(in LeafSums leaf, double gainShift, double* sums, Found* found)
    {
        var trial = new Trial(_rules, leaf, gainShift);
        var last = Each(static way => way?.LastFromRight ?? 0);
        var skipped = Each(static way => way?.SkippedBin ?? -1);
        Vector256<double> gradient = Vector256<double>.Zero, rows = Vector256<double>.Zero, hessian = Vector256.Create(LeafMath.Epsilon);
        for (var bin = _lastFromRight; bin >= 1 && trial.IsAlive; bin--)
        {
            var at = Vector256.Create((double)bin);
            var active = Vector256.LessThanOrEqual(at, last) & ~Vector256.Equals(at, skipped);
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
        var trial = new Trial(_rules, leaf, gainShift);
        var last = Each(static way => way is { AlsoFromLeft: true } own ? own.LastFromLeft : -1);
        var skipped = Each(static way => way?.SkippedBin ?? -1);
        var derivesFirst = Vector256.Equals(Each(static way => way is { DerivesFirst: true } ? 1 : 0), Vector256<double>.One);
        Vector256<double> gradient = Vector256.Create(leaf.Gradient),
            hessian = Vector256.Create(leaf.Hessian - LeafMath.Epsilon), rows = Vector256.Create((double)leaf.Rows);
        for (var bin = 1; bin <= _lastFromLeft + 1 && derivesFirst != Vector256<double>.Zero; bin++)
        {
            var (g, h) = Load(sums, bin);
            gradient -= g;
            hessian -= h;
            rows -= trial.Rows(h);
        }

        gradient &= derivesFirst;
        hessian = Vector256.ConditionalSelect(derivesFirst, hessian, Vector256.Create(LeafMath.Epsilon));
        rows &= derivesFirst;
        for (var bin = 0; bin <= _lastFromLeft && trial.IsAlive; bin++)
        {
            var at = Vector256.Create((double)bin);
            var active = Vector256.LessThanOrEqual(at, last) & ~Vector256.Equals(at, skipped);
            var added = bin == 0 ? active & ~derivesFirst : active;
            var (g, h) = Load(sums, bin);
            gradient += g & added;
            hessian += h & added;
            rows += trial.Rows(h & added);
            trial.Try(active, gradient, hessian, rows, at, isLeft: true);
        }

        *found = trial.Found;
    }

    private Vector256<double> Each(Func<ScanWay?, double> value) =>
        Vector256.Create(value(_ways[0]), value(_ways[1]), value(_ways[2]), value(_ways[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Gradients, Vector256<double> Hessians) Load(double* sums, int bin)
    {
        var low = Vector256.Load(sums + (bin * HistogramLayout.Stride));
        var high = Vector256.Load(sums + (bin * HistogramLayout.Stride) + Lanes);
        return (Avx.UnpackLow(low, high), Avx.UnpackHigh(low, high));
    }

    /// <summary>The best threshold of each lane.</summary>
    private struct Found
    {
        public Vector256<double> Gain, LeftGradient, LeftHessian, LeftRows, Bin;

        public readonly BestThreshold this[int lane] =>
            new(Gain[lane], new(LeftGradient[lane], LeftHessian[lane], (int)LeftRows[lane]), (int)Bin[lane]);
    }

    /// <summary>Tries one threshold a lane and keeps the best; a lane whose other side grew too small is tried no more.</summary>
    private struct Trial
    {
        private readonly Vector256<double> _leafGradient, _leafHessian, _leafRows, _rowsPerHessian, _shift, _l2, _minRows, _minHessian;
        private Vector256<double> _alive = Vector256<double>.AllBitsSet;

        public Trial(SplitRules rules, in LeafSums leaf, double gainShift)
        {
            _leafGradient = Vector256.Create(leaf.Gradient);
            _leafHessian = Vector256.Create(leaf.Hessian);
            _leafRows = Vector256.Create((double)leaf.Rows);
            _rowsPerHessian = Vector256.Create(leaf.Rows / leaf.Hessian);
            _shift = Vector256.Create(gainShift);
            _l2 = Vector256.Create(rules.Parameters.LambdaL2);
            _minRows = Vector256.Create((double)rules.Parameters.MinDataInLeaf);
            _minHessian = Vector256.Create(rules.Parameters.MinSumHessianInLeaf);
            Found.Gain = Vector256.Create(double.NegativeInfinity);
        }

        public Found Found;

        public readonly bool IsAlive => Avx.MoveMask(_alive) != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector256<double> Rows(Vector256<double> hessian) =>
            Vector256.Truncate((hessian * _rowsPerHessian) + Vector256.Create(0.5));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Try(Vector256<double> active, Vector256<double> gradient,
            Vector256<double> hessian, Vector256<double> rows, Vector256<double> bin, bool isLeft)
        {
            var otherRows = _leafRows - rows;
            var otherHessian = _leafHessian - hessian;
            var reached = active & _alive & ~(Vector256.LessThan(rows, _minRows) | Vector256.LessThan(hessian, _minHessian));
            var isShort = reached & (Vector256.LessThan(otherRows, _minRows) | Vector256.LessThan(otherHessian, _minHessian));
            _alive &= ~isShort;
            var otherGradient = _leafGradient - gradient;
            var gain = isLeft
                ? Gain(gradient, hessian) + Gain(otherGradient, otherHessian)
                : Gain(otherGradient, otherHessian) + Gain(gradient, hessian);
            var better = reached & ~isShort & ~(Vector256.LessThanOrEqual(gain, _shift) | Vector256.LessThanOrEqual(gain, Found.Gain));
            Found.Gain = Vector256.ConditionalSelect(better, gain, Found.Gain);
            Found.LeftGradient = Vector256.ConditionalSelect(better, isLeft ? gradient : otherGradient, Found.LeftGradient);
            Found.LeftHessian = Vector256.ConditionalSelect(better, isLeft ? hessian : otherHessian, Found.LeftHessian);
            Found.LeftRows = Vector256.ConditionalSelect(better, isLeft ? rows : otherRows, Found.LeftRows);
            Found.Bin = Vector256.ConditionalSelect(better, bin, Found.Bin);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector256<double> Gain(Vector256<double> gradient, Vector256<double> hessian) =>
            gradient * gradient / (hessian + _l2);
    }
}
