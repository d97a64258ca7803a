using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// What is worked out of a stripe's bins, for the four lanes of one half at once: a lane's sums never meet another
/// lane's. Spans are whole stripes; half 0 is lanes 0 to 3, half 1 lanes 4 to 7.
/// </summary>
internal static class StripeSums
{
    private const int HalfLanes = BinColumns.Lanes / 2;

    /// <summary>Sets the sums of a half, or of all lanes, to 0.</summary>
    public static void Clear(Span<double> stripe, int? half)
    {
        if (half is not { } one)
        {
            stripe.Clear();
            return;
        }

        for (var i = one * 2 * HalfLanes; i < stripe.Length; i += HistogramLayout.Stride)
        {
            stripe.Slice(i, 2 * HalfLanes).Clear();
        }
    }

    /// <summary>Sets one bin of each lane to what its others, taken away from bin 0 up, leave of the leaf's sums.</summary>
    /// <param name="stripe">The stripe's bins.</param>
    /// <param name="half">The half to work on.</param>
    /// <param name="derived">The bin of each of the half's columns; -1 leaves it as it is.</param>
    /// <param name="gradient">The leaf's sum of gradients.</param>
    /// <param name="hessian">The leaf's sum of hessians.</param>
    public static void Derive(Span<double> stripe, int half, ReadOnlySpan<int> derived, double gradient, double hessian)
    {
        // Taking a 0 away leaves a sum as it is, bit for bit.
        for (var lane = 0; lane < derived.Length; lane++)
        {
            Set(stripe, (half * HalfLanes) + lane, derived[lane], 0, 0);
        }

        Span<double> left = stackalloc double[2 * HalfLanes];
        TakeAway(stripe, half, Vector256.Create(Vector128.Create(gradient, hessian)), left);
        for (var lane = 0; lane < derived.Length; lane++)
        {
            Set(stripe, (half * HalfLanes) + lane, derived[lane], left[2 * lane], left[(2 * lane) + 1]);
        }
    }

    /// <summary>Turns a parent's bins into those of the larger child by taking the smaller child's away.</summary>
    public static void Subtract(Span<double> parent, ReadOnlySpan<double> smaller, int half)
    {
        var whole = MemoryMarshal.Cast<double, Vector256<double>>(parent);
        var part = MemoryMarshal.Cast<double, Vector256<double>>(smaller);
        for (var i = 2 * half; i + 1 < whole.Length && i + 1 < part.Length; i += 4)
        {
            whole[i] -= part[i];
            whole[i + 1] -= part[i + 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeAway(ReadOnlySpan<double> stripe, int half, Vector256<double> sums, Span<double> left)
    {
        var pairs = MemoryMarshal.Cast<double, Vector256<double>>(stripe);
        Vector256<double> low = sums, high = sums;
        for (var i = 2 * half; i + 1 < pairs.Length; i += 4)
        {
            low -= pairs[i];
            high -= pairs[i + 1];
        }

        var all = MemoryMarshal.Cast<double, Vector256<double>>(left);
        all[0] = low;
        all[1] = high;
    }

    private static void Set(Span<double> stripe, int lane, int bin, double gradient, double hessian)
    {
        if (bin >= 0)
        {
            stripe[(bin * HistogramLayout.Stride) + (2 * lane)] = gradient;
            stripe[(bin * HistogramLayout.Stride) + (2 * lane) + 1] = hessian;
        }
    }
}
