namespace LoanRisk.Trees.Training.Histograms;

/// <summary>What <see cref="HistogramKernel"/> computes, in plain code: tests hold the two equal, bit for bit.</summary>
internal static class HistogramReference
{
    public static void Fill(byte[] column, ReadOnlySpan<int> rows, ReadOnlySpan<GradientPair> gradients, Span<double> bins)
    {
        bins.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            int bin = column[rows[i]];
            bins[2 * bin] += gradients[i].Gradient;
            bins[(2 * bin) + 1] += gradients[i].Hessian;
        }
    }
}
