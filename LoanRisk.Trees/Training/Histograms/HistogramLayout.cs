using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>
/// Where each column's codes lie in a histogram of doubles. Stripe by stripe, and in a stripe code by code, as many as its
/// column with the most codes has; a code is a bin of the feature the column is of, or of one of those that share it; one takes two cache lines, one for each half of the lanes:
/// <code>stripe 0: | code 0: gradient, hessian of lane 0 .. lane 7 | code 1: ... | stripe 1: ...</code>
/// </summary>
internal sealed class HistogramLayout
{
    /// <summary>Doubles from a column's bin to its next bin.</summary>
    public const int Stride = 2 * BinColumns.Lanes;

    private readonly int[] starts;

    public HistogramLayout(BinColumns columns)
    {
        Columns = columns;
        starts = new int[columns.StripeCount + 1];
        for (int stripe = 0; stripe < columns.StripeCount; stripe++)
        {
            starts[stripe + 1] = starts[stripe] + (Stride * columns.CodeCount(stripe));
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
