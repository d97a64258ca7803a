using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// What <see cref="StripeKernel"/> and <see cref="StripeSums"/> compute, in plain code: tests hold them equal, bit for bit.
/// </summary>
internal static class HistogramReference
{
    /// <summary>Adds rows to one feature's bins, gradient and hessian in turn.</summary>
    public static void Fill(BinColumns columns, int feature, ReadOnlySpan<int> rows,
        ReadOnlySpan<GradientPair> gradients, Span<double> bins)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var bin = columns[feature, rows[i]];
            bins[2 * bin] += gradients[i].Gradient;
            bins[(2 * bin) + 1] += gradients[i].Hessian;
        }
    }

    /// <summary>Sets one bin of a feature to what the others leave of the leaf's sums.</summary>
    public static void Derive(double[] bins, int derived, double gradient, double hessian) =>
        ((BinSums)bins).Derive(derived, 0, bins.Length / 2, gradient, hessian);
}
