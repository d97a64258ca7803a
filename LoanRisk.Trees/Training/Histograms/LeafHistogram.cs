using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>The gradient and hessian sums of one leaf's rows by bin, for every column.</summary>
internal sealed class LeafHistogram
{
    private const int CacheLine = 64;

    private readonly HistogramLayout layout;
    private readonly double[] sums;
    private readonly int start;

    public LeafHistogram(HistogramLayout layout)
    {
        this.layout = layout;
        sums = GC.AllocateUninitializedArray<double>(layout.Length + (CacheLine / sizeof(double)), pinned: true);
        start = FirstOfCacheLine(sums);
    }

    /// <summary>A stripe's bins, from the start of a cache line on.</summary>
    public Span<double> Stripe(int stripe) => sums.AsSpan(start + layout.Start(stripe), layout.LengthOf(stripe));

    /// <summary>The bins of one feature. Where it shares a column and bin 0 is its default bin, there are no sums of bin 0.</summary>
    public BinSums Of(int feature)
    {
        FeaturePlace place = layout.Columns.Place(feature);
        int first = (place.Codes.Shift * HistogramLayout.Stride) + (2 * place.Lane);
        return new BinSums(Stripe(place.Stripe), first, HistogramLayout.Stride);
    }

    private static unsafe int FirstOfCacheLine(double[] pinned)
    {
        fixed (double* first = pinned)
        {
            return (int)((CacheLine - ((nuint)first % CacheLine)) % CacheLine / sizeof(double));
        }
    }
}
