using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Trees.Training.Histograms;

/// <summary>The gradient and hessian sums of one leaf's rows by bin, for every column.</summary>
internal sealed class LeafHistogram
{
    private const int CacheLine = 64;

    private readonly HistogramLayout _layout;
    private readonly double[] _sums;
    private readonly int _start;

    public LeafHistogram(HistogramLayout layout)
    {
        _layout = layout;
        _sums = GC.AllocateUninitializedArray<double>(layout.Length + (CacheLine / sizeof(double)), pinned: true);
        _start = FirstOfCacheLine(_sums);
    }

    /// <summary>A stripe's bins, from the start of a cache line on.</summary>
    public Span<double> Stripe(int stripe) => _sums.AsSpan(_start + _layout.Start(stripe), _layout.LengthOf(stripe));

    /// <summary>The bins of one feature. Where it shares a column and bin 0 is its default bin, there are no sums of bin 0.</summary>
    public BinSums Of(int feature)
    {
        var place = _layout.Columns.Place(feature);
        var first = (place.Codes.Shift * HistogramLayout.Stride) + (2 * place.Lane);
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

/// <summary>The gradient and hessian sums of one feature's bins in one leaf.</summary>
/// <param name="sums">Gradients and hessians in turn.</param>
/// <param name="first">Where bin 0's gradient is.</param>
/// <param name="stride">Doubles from one bin to the next.</param>
internal readonly ref struct BinSums(Span<double> sums, int first, int stride)
{
    private readonly Span<double> _sums = sums;
    private readonly int _first = first;
    private readonly int _stride = stride;

    public double Gradient(int bin) => _sums[_first + (bin * _stride)];

    public double Hessian(int bin) => _sums[_first + (bin * _stride) + 1];

    /// <summary>Sets one bin to what the others, taken away from <paramref name="firstBin"/> up, leave of the leaf's sums.</summary>
    public void Derive(int derived, int firstBin, int binCount, double gradient, double hessian)
    {
        for (var bin = firstBin; bin < binCount; bin++)
        {
            if (bin != derived)
            {
                gradient -= Gradient(bin);
                hessian -= Hessian(bin);
            }
        }

        _sums[_first + (derived * _stride)] = gradient;
        _sums[_first + (derived * _stride) + 1] = hessian;
    }

    /// <summary>Sums that lie bin by bin without a gap.</summary>
    public static implicit operator BinSums(double[] sums) => new(sums, 0, 2);
}

/// <summary>
/// Where each column's codes lie in a histogram of doubles. Stripe by stripe, and in a stripe code by code, as many as its column
/// with the most codes has. A code is a bin of the column's feature, or of one of the features that share the column. It takes two
/// cache lines, one for each half of the lanes:
/// <code>stripe 0: | code 0: gradient, hessian of lane 0 .. lane 7 | code 1: ... | stripe 1: ...</code>
/// </summary>
internal sealed class HistogramLayout
{
    /// <summary>Doubles from a column's bin to its next bin.</summary>
    public const int Stride = 2 * BinColumns.Lanes;

    private readonly int[] _starts;

    public HistogramLayout(BinColumns columns)
    {
        Columns = columns;
        _starts = new int[columns.StripeCount + 1];
        for (var stripe = 0; stripe < columns.StripeCount; stripe++)
        {
            _starts[stripe + 1] = _starts[stripe] + (Stride * columns.CodeCount(stripe));
        }
    }

    public BinColumns Columns { get; }

    /// <summary>Doubles a histogram takes.</summary>
    public int Length => _starts[^1];

    /// <summary>Where a stripe's bins start.</summary>
    public int Start(int stripe) => _starts[stripe];

    /// <summary>Doubles a stripe's bins take.</summary>
    public int LengthOf(int stripe) => _starts[stripe + 1] - _starts[stripe];
}

/// <summary>
/// Histograms that are handed back and used again; at most one a leaf is ever alive. They come with what they held before.
/// </summary>
internal sealed class HistogramPool(HistogramLayout layout)
{
    private readonly Stack<LeafHistogram> _free = new();

    public LeafHistogram Rent() => _free.TryPop(out var histogram) ? histogram : new LeafHistogram(layout);

    public void Return(LeafHistogram histogram) => _free.Push(histogram);
}
