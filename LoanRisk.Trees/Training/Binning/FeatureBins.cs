using System.Globalization;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// How one feature's values become bins. Numerical: bin b holds the values up to <see cref="UpperBounds"/>[b] and above
/// the bound before; zero has a bin of its own; with <see cref="MissingType.NaN"/> the last bin is NaN's. Categorical:
/// bin 0 holds what is missing, unseen or rare, and bin b the one category <see cref="Categories"/>[b].
/// </summary>
internal sealed class FeatureBins
{
    private readonly Dictionary<int, byte> _binOfCategory = [];
    private readonly int _lastSearched;
    private readonly BinSearch? _search;

    private FeatureBins(double[] upperBounds, int[] categories, MissingType missing, bool isCategorical, string info)
    {
        UpperBounds = upperBounds;
        Categories = categories;
        Missing = missing;
        IsCategorical = isCategorical;
        Info = info;
        BinCount = isCategorical ? categories.Length : upperBounds.Length;
        _lastSearched = missing == MissingType.NaN ? BinCount - 2 : BinCount - 1;
        for (var bin = 1; bin < categories.Length; bin++)
        {
            _binOfCategory[categories[bin]] = (byte)bin;
        }

        ZeroBin = isCategorical ? 0 : BinOf(0);
        _search = isCategorical
            ? null
            : new BinSearch(upperBounds.AsSpan(0, _lastSearched + 1), missing == MissingType.NaN ? BinCount - 1 : ZeroBin);
    }

    /// <summary>Upper bounds of numerical bins, the last finite-or-infinite one +inf, NaN after it for NaN's own bin.</summary>
    public double[] UpperBounds { get; }

    /// <summary>The category of each categorical bin; -1 for bin 0.</summary>
    public int[] Categories { get; }

    public MissingType Missing { get; }

    public bool IsCategorical { get; }

    /// <summary>Bins, 2 to 255.</summary>
    public int BinCount { get; }

    /// <summary>The bin 0 falls in (numerical only).</summary>
    public int ZeroBin { get; }

    /// <summary>The entry of the model's <c>feature_infos</c>.</summary>
    public string Info { get; }

    public static FeatureBins Numerical(double[] upperBounds, MissingType missing, double min, double max) =>
        new(upperBounds, [], missing, false, $"[{Digits17(min)}:{Digits17(max)}]");

    public static FeatureBins Categorical(int[] categories, MissingType missing) =>
        new([], categories, missing, true, string.Join(':', categories));

    /// <summary>
    /// The bin whose sums are not added up row by row but are what the other bins leave of the leaf's sums, as LightGBM
    /// has it: the most frequent one when it holds at least 70% of the rows, otherwise the one 0 falls in. The choice
    /// decides ties that differ by rounding alone.
    /// </summary>
    public int DerivedBin { get; private init; }

    /// <summary>Part of the sampled rows in <see cref="DerivedBin"/>.</summary>
    public double DerivedShare { get; private init; }

    /// <summary>These bins with <see cref="DerivedBin"/> chosen from the sampled rows in each bin.</summary>
    public FeatureBins WithDerivedBin(int[] rowsPerBin)
    {
        var frequent = Array.IndexOf(rowsPerBin, rowsPerBin.Max());
        var zero = IsCategorical ? BinOf(0) : ZeroBin;
        var dominates = (double)rowsPerBin[frequent] / rowsPerBin.Sum() >= 0.7;
        var derived = dominates ? frequent : zero;
        return new FeatureBins(UpperBounds, Categories, Missing, IsCategorical, Info)
        {
            DerivedBin = derived,
            DerivedShare = (double)rowsPerBin[derived] / rowsPerBin.Sum(),
        };
    }

    /// <summary>The bins of many values, written <paramref name="stride"/> bytes apart.</summary>
    public void Bin(ReadOnlySpan<double> values, Span<byte> into, int stride)
    {
        if (_search is not null)
        {
            _search.Bin(values, into, stride);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            into[i * stride] = BinOfCategory(values[i]);
        }
    }

    public byte BinOf(double value) => IsCategorical ? BinOfCategory(value) : BinOfNumber(value);

    /// <summary>The code of a categorical value: truncated toward zero, -1 when it is missing (NaN, negative or too large).</summary>
    public static int CodeOf(double value) => value > -1 && value < int.MaxValue ? (int)value : -1;

    private byte BinOfCategory(double value) => _binOfCategory.GetValueOrDefault(CodeOf(value));

    private byte BinOfNumber(double value)
    {
        if (double.IsNaN(value))
        {
            if (Missing == MissingType.NaN)
            {
                return (byte)(BinCount - 1);
            }

            value = 0;
        }

        var low = 0;
        var high = _lastSearched;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (value <= UpperBounds[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return (byte)low;
    }

    private static string Digits17(double value) => double.IsInfinity(value)
        ? value > 0 ? "inf" : "-inf"
        : value.ToString("G17", CultureInfo.InvariantCulture).Replace('E', 'e');
}
