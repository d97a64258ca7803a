using System.Numerics;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Finds features that can share a column because no row has two of them away from their default bins: exclusive feature
/// bundling (Ke et al. 2017, "LightGBM: a highly efficient gradient boosting decision tree", algorithm 3) without conflicts. Those with the
/// most other rows come first; each joins the first bundle it fits.
/// </summary>
internal sealed class BundleSearch
{
    // A feature that is away from its default bin in more rows leaves too little room for others.
    private const double MostOtherRows = 0.5;

    private readonly FeatureBins[] _bins;
    private readonly bool[] _isCandidate;
    private readonly ulong[][] _otherRows;
    private readonly int _words;

    public BundleSearch(FeatureBins[] bins, int sampleRows)
    {
        _bins = bins;
        _words = (sampleRows + 63) / 64;
        _isCandidate = bins.Count(MayShare) > 1 ? [.. bins.Select(MayShare)] : new bool[bins.Length];
        Candidates = [.. Enumerable.Range(0, bins.Length).Where(feature => _isCandidate[feature])];
        _otherRows = new ulong[bins.Length][];
    }

    /// <summary>Features that may share a column, whose sampled rows are to be marked.</summary>
    public int[] Candidates { get; }

    /// <summary>Takes in which sampled rows a feature is away from its default bin.</summary>
    public void Mark(int feature, ReadOnlySpan<byte> binOf)
    {
        var marked = new ulong[_words];
        for (var i = 0; i < binOf.Length; i++)
        {
            marked[i / 64] |= binOf[i] == _bins[feature].DerivedBin ? 0UL : 1UL << (i % 64);
        }

        _otherRows[feature] = marked;
    }

    /// <summary>Gives features columns of their own.</summary>
    public void Exclude(bool[] features)
    {
        for (var feature = 0; feature < features.Length; feature++)
        {
            _isCandidate[feature] &= !features[feature];
        }
    }

    /// <summary>The columns: bundles and features apart, by their first feature.</summary>
    public ColumnPlan Plan()
    {
        var bundles = new List<Bundle>();
        foreach (var feature in Candidates.Where(f => _isCandidate[f])
            .OrderByDescending(f => _otherRows[f].Sum(word => (long)BitOperations.PopCount(word))))
        {
            var codes = ColumnPlan.CodesInShared(_bins[feature]);
            var fits = bundles.Find(bundle => bundle.Takes(_otherRows[feature], codes));
            if (fits is null)
            {
                bundles.Add(fits = new Bundle(_words));
            }

            fits.Add(feature, _otherRows[feature], codes);
        }

        var apart = Enumerable.Range(0, _bins.Length).Where(feature => !_isCandidate[feature]).Select(feature => new[] { feature });
        return new ColumnPlan(_bins, bundles.Select(bundle => bundle.Features.Order().ToArray())
            .Concat(apart).OrderBy(column => column[0]));
    }

    // With a shared column's bin 0 not kept, a scan that must read it needs a column of its own.
    private static bool MayShare(FeatureBins bins) =>
        1 - bins.DerivedShare <= MostOtherRows && !(bins.Missing == MissingType.Zero && bins.DerivedBin == 0 && bins.ZeroBin != 0);

    private sealed class Bundle(int words)
    {
        private readonly ulong[] _taken = new ulong[words];
        private int _codes = 1;

        public List<int> Features { get; } = [];

        public bool Takes(ulong[] rows, int count)
        {
            if (_codes + count > ColumnPlan.MostCodes)
            {
                return false;
            }

            for (var i = 0; i < rows.Length; i++)
            {
                if ((_taken[i] & rows[i]) != 0)
                {
                    return false;
                }
            }

            return true;
        }

        public void Add(int feature, ulong[] rows, int count)
        {
            Features.Add(feature);
            _codes += count;
            for (var i = 0; i < rows.Length; i++)
            {
                _taken[i] |= rows[i];
            }
        }
    }
}
