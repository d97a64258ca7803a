using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// Where each column's bins lie in a histogram of doubles. Stripe by stripe, and in a stripe bin by bin, as many as its
/// column with the most bins has; a bin takes two cache lines, one for each half of the lanes:
/// <code>stripe 0: | bin 0: gradient, hessian of lane 0 .. lane 7 | bin 1: ... | stripe 1: ...</code>
/// </summary>
internal sealed class HistogramLayout
{
    /// <summary>Doubles from a column's bin to its next bin.</summary>
    public const int Stride = 2 * BinColumns.Lanes;

    private readonly int[] starts;

    public HistogramLayout(BinColumns columns, FeatureBins[] bins)
    {
        Columns = columns;
        starts = new int[columns.StripeCount + 1];
        for (int stripe = 0; stripe < columns.StripeCount; stripe++)
        {
            var (first, count) = columns.ColumnsOf(stripe);
            starts[stripe + 1] = starts[stripe] + (Stride * bins.Skip(first).Take(count).Max(b => b.BinCount));
        }
    }

    public BinColumns Columns { get; }

    /// <summary>Doubles a histogram takes.</summary>
    public int Length => starts[^1];

    /// <summary>Where a stripe's bins start.</summary>
    public int Start(int stripe) => starts[stripe];

    /// <summary>Doubles a stripe's bins take.</summary>
    public int LengthOf(int stripe) => starts[stripe + 1] - starts[stripe];
}
