using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// <see cref="StripeKernel"/> for <see cref="QuantisedGradients"/>: one integer addition a row and column, four bytes a bin and lane,
/// bin by bin. The integers are whole and exact, so neither the order of rows nor when they are carried over to doubles matters.
/// </summary>
internal static unsafe class QuantisedStripeKernel
{
    private const int PrefetchDistance = 24;
    private const int HalfLanes = BinColumns.Lanes / 2;

    // A bin takes 32 bytes, a lane of it 4: bits shift a bin's number to where it starts.
    private const int BinShift = 5;
    private const ulong EvenLanes = 0x00FF00FF00FF00FF;
    private const uint EvenLanesOfHalf = 0x00FF00FF;

    /// <summary>Adds rows to the bins of a whole stripe.</summary>
    /// <param name="stripe">The stripe's bytes, which must be pinned.</param>
    /// <param name="rows">Rows, no more than <see cref="QuantisedGradients.RowsPerSum"/>.</param>
    /// <param name="packed">The integers of those rows, in their order.</param>
    /// <param name="bins">Eight integers a bin.</param>
    public static void Fill(byte[] stripe, ReadOnlySpan<int> rows, ReadOnlySpan<int> packed, Span<int> bins)
    {
        fixed (byte* bytes = stripe)
        fixed (int* row = rows, value = packed, bin = bins)
        {
            Fill((ulong*)bytes, row, rows.Length, value, (byte*)bin);
        }
    }

    /// <summary>Adds rows to the bins of one half of a stripe: its lanes 0 to 3 or 4 to 7.</summary>
    public static void FillHalf(byte[] stripe, int half, ReadOnlySpan<int> rows, ReadOnlySpan<int> packed, Span<int> bins)
    {
        fixed (byte* bytes = stripe)
        fixed (int* row = rows, value = packed, bin = bins)
        {
            FillHalf((uint*)bytes + half, row, rows.Length, value, (byte*)(bin + (half * HalfLanes)));
        }
    }

    /// <summary>Carries the integers over to the sums of a stripe's bins, or of half its lanes, and sets them to 0.</summary>
    /// <param name="bins">Eight integers a bin.</param>
    /// <param name="half">The half to carry over; null for the whole stripe.</param>
    /// <param name="sums">The sums, in steps; gradient and hessian in turn.</param>
    /// <param name="isFirst">The sums are set instead of added to.</param>
    /// <param name="worth">What the sums are multiplied with in the end: the worth of a gradient's step and of a hessian's, or 1 as
    /// long as more follows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CarryOver(Span<int> bins, int? half, Span<double> sums, bool isFirst, (double Gradient, double Hessian) worth)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, 2 * bins.Length, nameof(sums));
        var factors = Vector256.Create(worth.Gradient, worth.Hessian, worth.Gradient, worth.Hessian);
        var kept = isFirst ? Vector256<double>.Zero : Vector256<double>.AllBitsSet;
        var from = HalfLanes * (half ?? 0);
        var to = half is null ? BinColumns.Lanes : from + HalfLanes;
        fixed (int* first = bins)
        fixed (double* sum = sums)
        {
            for (nint bin = 0; bin < bins.Length; bin += BinColumns.Lanes)
            {
                for (var i = bin + from; i < bin + to; i += HalfLanes)
                {
                    var four = Vector128.Load(first + i);
                    var gradients = four >> 16;
                    var hessians = four & Vector128.Create((int)ushort.MaxValue);
                    var into = sum + (2 * i);
                    (((Vector256.Load(into) & kept) + InTurn(gradients, hessians, 0)) * factors).Store(into);
                    (((Vector256.Load(into + HalfLanes) & kept) + InTurn(gradients, hessians, 2)) * factors).Store(into + HalfLanes);
                }
            }
        }

        bins.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InTurn(Vector128<int> gradients, Vector128<int> hessians, int lane) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(lane == 0 ? Sse2.UnpackLow(gradients, hessians) : Sse2.UnpackHigh(gradients, hessians))
        : Vector256.Create((double)gradients[lane], hessians[lane], gradients[lane + 1], hessians[lane + 1]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(ulong* stripe, int* rows, nint count, int* packed, byte* bins)
    {
        nint i = 0;
        for (; i < count - PrefetchDistance; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(stripe + rows[i + PrefetchDistance]);
            }

            AddRow(stripe[rows[i]], packed[i], bins);
        }

        for (; i < count; i++)
        {
            AddRow(stripe[rows[i]], packed[i], bins);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillHalf(uint* stripe, int* rows, nint count, int* packed, byte* bins)
    {
        nint i = 0;
        for (; i < count - PrefetchDistance; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(stripe + (2 * (nint)rows[i + PrefetchDistance]));
            }

            AddHalf(stripe[2 * (nint)rows[i]], packed[i], bins);
        }

        for (; i < count; i++)
        {
            AddHalf(stripe[2 * (nint)rows[i]], packed[i], bins);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(ulong lanes, int pair, byte* bins)
    {
        var even = (lanes & EvenLanes) << BinShift;
        var odd = (lanes & ~EvenLanes) >> (8 - BinShift);
        Add(bins, (ushort)even, 0, pair);
        Add(bins, (ushort)odd, 1, pair);
        even >>= 16;
        odd >>= 16;
        Add(bins, (ushort)even, 2, pair);
        Add(bins, (ushort)odd, 3, pair);
        even >>= 16;
        odd >>= 16;
        Add(bins, (ushort)even, 4, pair);
        Add(bins, (ushort)odd, 5, pair);
        Add(bins, (nuint)(even >> 16), 6, pair);
        Add(bins, (nuint)(odd >> 16), 7, pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddHalf(uint lanes, int pair, byte* bins)
    {
        var even = (lanes & EvenLanesOfHalf) << BinShift;
        var odd = (lanes & ~EvenLanesOfHalf) >> (8 - BinShift);
        Add(bins, (ushort)even, 0, pair);
        Add(bins, (ushort)odd, 1, pair);
        Add(bins, even >> 16, 2, pair);
        Add(bins, odd >> 16, 3, pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* bins, nuint offset, int lane, int pair) => *(int*)(bins + (lane * sizeof(int)) + offset) += pair;
}
