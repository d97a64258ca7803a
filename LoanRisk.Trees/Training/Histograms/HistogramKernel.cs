using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// Sums gradients and hessians by bin for one feature. Rows are added in their order, so the sums do not depend on how
/// features are spread over threads. <see cref="HistogramReference"/> is the same in plain code.
/// </summary>
internal static class HistogramKernel
{
    /// <summary>Fills a feature's bins from the rows of a leaf.</summary>
    /// <param name="column">The feature's bin of every row.</param>
    /// <param name="rows">The leaf's rows.</param>
    /// <param name="gradients">The gradients of those rows, in their order.</param>
    /// <param name="bins">Gradient and hessian sums in turn; overwritten.</param>
    public static void Fill(ReadOnlySpan<byte> column, ReadOnlySpan<int> rows, ReadOnlySpan<GradientPair> gradients, Span<double> bins)
    {
        bins.Clear();
        ref byte bin = ref MemoryMarshal.GetReference(column);
        ref Vector128<double> sums = ref Unsafe.As<double, Vector128<double>>(ref MemoryMarshal.GetReference(bins));
        ref long pairs = ref Unsafe.As<GradientPair, long>(ref MemoryMarshal.GetReference(gradients));
        for (int i = 0; i < rows.Length; i++)
        {
            ref Vector128<double> sum = ref Unsafe.Add(ref sums, Unsafe.Add(ref bin, rows[i]));
            sum += Widened(Unsafe.Add(ref pairs, i));
        }
    }

    /// <summary>Sets one bin to what the others leave of the leaf's sums.</summary>
    public static void Derive(Span<double> bins, int derived, double gradient, double hessian)
    {
        for (int bin = 0; bin < bins.Length / 2; bin++)
        {
            if (bin != derived)
            {
                gradient -= bins[2 * bin];
                hessian -= bins[(2 * bin) + 1];
            }
        }

        bins[2 * derived] = gradient;
        bins[(2 * derived) + 1] = hessian;
    }

    /// <summary>Turns a parent's bins into those of the larger child by taking the smaller child's away.</summary>
    public static void Subtract(Span<double> parent, ReadOnlySpan<double> smaller)
    {
        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] -= smaller[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Widened(long pair) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(pair).AsSingle());
}
