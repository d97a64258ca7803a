using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// Sums gradients and hessians by bin for the columns of one stripe. Rows are added in their order, one addition a
/// column, so the sums do not depend on how stripes are spread over threads and are those of <see cref="HistogramReference"/>,
/// bit for bit. A row costs one load of its eight bins; the additions of eight lanes do not wait for each other, as those
/// of one column do where rows share a bin.
/// </summary>
internal static unsafe class StripeKernel
{
    private const int PrefetchDistance = 24;

    // A bin takes 128 bytes, a lane of it 16: bits shift a bin's number to where it starts.
    private const int BinShift = 7;
    private const int LaneBytes = 16;
    private const ulong EvenLanes = 0x00FF00FF00FF00FF;
    private const uint EvenLanesOfHalf = 0x00FF00FF;

    /// <summary>Adds rows to the bins of a whole stripe.</summary>
    /// <param name="stripe">The stripe's bytes, which must be pinned.</param>
    /// <param name="rows">The leaf's rows.</param>
    /// <param name="gradients">The gradients of those rows, in their order.</param>
    /// <param name="bins">The stripe's part of the leaf's histogram, laid out as <see cref="HistogramLayout"/> says.</param>
    public static void Fill(byte[] stripe, ReadOnlySpan<int> rows, ReadOnlySpan<GradientPair> gradients, Span<double> bins)
    {
        fixed (byte* bytes = stripe)
        fixed (int* row = rows)
        fixed (GradientPair* gradient = gradients)
        fixed (double* bin = bins)
        {
            Fill((ulong*)bytes, row, rows.Length, (double*)gradient, (byte*)bin, (byte*)bin);
        }
    }

    /// <summary>Adds rows to the bins of one half of a stripe: its lanes 0 to 3 or 4 to 7.</summary>
    public static void FillHalf(byte[] stripe, int half, ReadOnlySpan<int> rows, ReadOnlySpan<GradientPair> gradients, Span<double> bins)
    {
        fixed (byte* bytes = stripe)
        fixed (int* row = rows)
        fixed (GradientPair* gradient = gradients)
        fixed (double* bin = bins)
        {
            var first = (byte*)bin + (half * (BinColumns.Lanes / 2) * LaneBytes);
            FillHalf((uint*)bytes + half, row, rows.Length, (double*)gradient, first, first);
        }
    }

    // The histogram comes twice: were it one pointer to the compiler it would add up each address beforehand, in an
    // instruction of its own, instead of leaving that to the load and the store.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(ulong* stripe, int* rows, nint count, double* gradients, byte* bins, byte* sameBins)
    {
        nint i = 0;
        for (; i < count - PrefetchDistance; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(stripe + rows[i + PrefetchDistance]);
            }

            AddRow(stripe[rows[i]], Widened(gradients + i), bins, sameBins);
        }

        for (; i < count; i++)
        {
            AddRow(stripe[rows[i]], Widened(gradients + i), bins, sameBins);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillHalf(uint* stripe, int* rows, nint count, double* gradients, byte* bins, byte* sameBins)
    {
        nint i = 0;
        for (; i < count - PrefetchDistance; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(stripe + (2 * (nint)rows[i + PrefetchDistance]));
            }

            AddHalf(stripe[2 * (nint)rows[i]], Widened(gradients + i), bins, sameBins);
        }

        for (; i < count; i++)
        {
            AddHalf(stripe[2 * (nint)rows[i]], Widened(gradients + i), bins, sameBins);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ulong lanes, Vector128<double> pair, byte* bins, byte* sameBins)
    {
        var even = (lanes & EvenLanes) << BinShift;
        var odd = (lanes & ~EvenLanes) >> (8 - BinShift);
        Add(bins, sameBins, (ushort)even, 0, pair);
        Add(bins, sameBins, (ushort)odd, 1, pair);
        even >>= 16;
        odd >>= 16;
        Add(bins, sameBins, (ushort)even, 2, pair);
        Add(bins, sameBins, (ushort)odd, 3, pair);
        even >>= 16;
        odd >>= 16;
        Add(bins, sameBins, (ushort)even, 4, pair);
        Add(bins, sameBins, (ushort)odd, 5, pair);
        Add(bins, sameBins, (nuint)(even >> 16), 6, pair);
        Add(bins, sameBins, (nuint)(odd >> 16), 7, pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddHalf(uint lanes, Vector128<double> pair, byte* bins, byte* sameBins)
    {
        var even = (lanes & EvenLanesOfHalf) << BinShift;
        var odd = (lanes & ~EvenLanesOfHalf) >> (8 - BinShift);
        Add(bins, sameBins, (ushort)even, 0, pair);
        Add(bins, sameBins, (ushort)odd, 1, pair);
        Add(bins, sameBins, even >> 16, 2, pair);
        Add(bins, sameBins, odd >> 16, 3, pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* bins, byte* sameBins, nuint offset, int lane, Vector128<double> pair) =>
        (Vector128.Load((double*)(bins + (lane * LaneBytes) + offset)) + pair).Store((double*)(sameBins + (lane * LaneBytes) + offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Widened(double* pair) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*pair).AsSingle());
}
