using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// Where each feature's bins lie in one leaf's histogram, an array of doubles:
/// <code>feature 0: [gradient, hessian] of bin 0, bin 1, ... | feature 1: ...</code>
/// </summary>
internal sealed class HistogramLayout
{
    private readonly int[] starts;

    public HistogramLayout(FeatureBins[] bins)
    {
        starts = new int[bins.Length + 1];
        for (int i = 0; i < bins.Length; i++)
        {
            starts[i + 1] = starts[i] + (2 * bins[i].BinCount);
        }
    }

    /// <summary>Doubles one leaf's histogram takes.</summary>
    public int Length => starts[^1];

    /// <summary>The bins of one feature: gradient and hessian in turn.</summary>
    public Span<double> Slice(double[] histogram, int feature) => histogram.AsSpan(starts[feature], starts[feature + 1] - starts[feature]);
}
