namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Which features share a column of bytes. A column's byte is a code: for a feature alone its bin; for features that share it
/// 0 when all of them are in their default bins, otherwise a code of the one that is not.
/// <code>codes of a shared column: | 0: all default | bins of the first feature | bins of the second | ...</code>
/// A default bin 0 has no code, any other keeps a place among its feature's codes, which no row takes and its derived sum fills.
/// </summary>
internal sealed class ColumnPlan
{
    /// <summary>Codes a column can have.</summary>
    public const int MostCodes = 256;

    private readonly int[][] _features;
    private readonly int[] _columnOf;
    private readonly FeatureCodes[] _codes;
    private readonly int[] _codeCounts;

    /// <param name="bins">How each feature is binned.</param>
    /// <param name="features">The features of each column; every feature stands in one.</param>
    public ColumnPlan(FeatureBins[] bins, IEnumerable<int[]> features)
    {
        _features = [.. features];
        _columnOf = new int[bins.Length];
        _codes = new FeatureCodes[bins.Length];
        _codeCounts = [.. _features.Select((_, column) => Place(column, bins))];
    }

    public int ColumnCount => _features.Length;

    public int FeatureCount => _codes.Length;

    /// <summary>Every feature in a column of its own.</summary>
    public static ColumnPlan Apart(FeatureBins[] bins) => new(bins, Enumerable.Range(0, bins.Length).Select(feature => new[] { feature }));

    /// <summary>Codes that a feature takes in a column it shares.</summary>
    public static int CodesInShared(FeatureBins bins) => bins.BinCount - (bins.DerivedBin == 0 ? 1 : 0);

    /// <summary>The features of a column.</summary>
    public ReadOnlySpan<int> Features(int column) => _features[column];

    /// <summary>The column a feature is in.</summary>
    public int ColumnOf(int feature) => _columnOf[feature];

    /// <summary>A feature's codes in its column.</summary>
    public FeatureCodes Codes(int feature) => _codes[feature];

    /// <summary>Codes of a column: one more than its largest.</summary>
    public int CodeCount(int column) => _codeCounts[column];

    private int Place(int column, FeatureBins[] bins)
    {
        var isShared = _features[column].Length > 1;
        var next = isShared ? 1 : 0;
        foreach (var feature in _features[column])
        {
            _columnOf[feature] = column;
            var count = isShared ? CodesInShared(bins[feature]) : bins[feature].BinCount;
            var shift = next + count - bins[feature].BinCount;
            _codes[feature] = new FeatureCodes((byte)next, (byte)(next + count - 1), shift, bins[feature].DerivedBin, isShared);
            next += count;
        }

        return next <= MostCodes
            ? next
            : throw new ArgumentException($"Column {column} would have {next} codes; a byte holds {MostCodes}.", nameof(bins));
    }
}

/// <summary>A feature's codes in its column.</summary>
/// <param name="First">Its first code.</param>
/// <param name="Last">Its last code.</param>
/// <param name="Shift">What its codes are above its bins.</param>
/// <param name="DefaultBin">The bin of rows with another code.</param>
/// <param name="IsShared">Other features have codes in the column.</param>
internal readonly record struct FeatureCodes(byte First, byte Last, int Shift, int DefaultBin, bool IsShared)
{
    /// <summary>The bin a code stands for.</summary>
    public int BinOf(byte code) => code >= First && code <= Last ? code - Shift : DefaultBin;
}
