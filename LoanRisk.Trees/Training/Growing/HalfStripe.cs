using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>Four lanes of a stripe, the piece of work that split searching is cut into, and the features in them.</summary>
internal sealed class HalfStripe
{
    /// <summary>Pieces a stripe is cut into.</summary>
    public const int PerStripe = 2;

    private const int Lanes = BinColumns.Lanes / PerStripe;

    private readonly FeatureBins[] _bins;
    private readonly int[] _derivedOfLanes;
    private readonly int[] _derivedInShared;
    private readonly SplitSearch _search;
    private readonly int[] _scannedInLanes;
    private readonly int[] _scannedApart;
    private readonly NumericalScanAvx2? _laneScan;

    /// <param name="table">The table.</param>
    /// <param name="number">Counts the halves of all stripes.</param>
    /// <param name="search">Finds a feature's split.</param>
    public HalfStripe(BinnedTable table, int number, SplitSearch search)
    {
        _bins = table.Bins;
        _search = search;
        Stripe = number / PerStripe;
        Half = number % PerStripe;
        var plan = table.Columns.Plan;
        int[] columns = [.. table.Columns.ColumnsOf(Stripe).ToArray().Skip(Half * Lanes).Take(Lanes)];
        Features = [.. columns.SelectMany(column => plan.Features(column).ToArray())];
        _derivedOfLanes = [.. columns.Select(column => plan.Features(column) is [var alone] && _bins[alone].DerivedBin > 0
            ? _bins[alone].DerivedBin
            : -1)];
        int[] alone = [.. columns.Select(column => plan.Features(column) is [var feature] ? feature : -1)];
        _laneScan = search.LaneScan(Half, alone);
        _scannedInLanes = [.. alone.Select(feature => _laneScan is null || feature < 0 || _bins[feature].IsCategorical ? -1 : feature)];
        _scannedApart = [.. Features.Except(_scannedInLanes)];
        _derivedInShared = [.. Features.Where(feature => plan.Codes(feature).IsShared && _bins[feature].DerivedBin > 0)];
    }

    public int Stripe { get; }

    /// <summary>0 for lanes 0 to 3, 1 for lanes 4 to 7.</summary>
    public int Half { get; }

    /// <summary>The features in the lanes.</summary>
    public int[] Features { get; }

    /// <summary>Finds the best split of each flagged feature.</summary>
    /// <param name="leaf">The leaf's sums.</param>
    /// <param name="histogram">The leaf's histogram.</param>
    /// <param name="flagged">The features to look at.</param>
    /// <param name="found">One split a feature of the table; only those of flagged features here are written.</param>
    public void FindSplits(in LeafSums leaf, LeafHistogram histogram, bool[] flagged, SplitCandidate[] found)
    {
        var inLanes = _laneScan is not null && NumericalScanAvx2.CanScan(leaf);
        if (inLanes)
        {
            FindInLanes(leaf, histogram, flagged, found);
        }

        foreach (var feature in inLanes ? _scannedApart : Features)
        {
            if (flagged[feature])
            {
                found[feature] = _search.Best(feature, leaf, histogram.Of(feature));
            }
        }
    }

    private void FindInLanes(in LeafSums leaf, LeafHistogram histogram, bool[] flagged, SplitCandidate[] found)
    {
        var best = new SplitCandidate[Lanes];
        _laneScan!.Best(SplitSearch.WithEpsilons(leaf), histogram.Stripe(Stripe), best);
        for (var lane = 0; lane < _scannedInLanes.Length; lane++)
        {
            var feature = _scannedInLanes[lane];
            if (feature >= 0 && flagged[feature])
            {
                found[feature] = best[lane].Feature < 0 ? best[lane] : best[lane] with { Feature = feature };
            }
        }
    }

    /// <summary>Whether it has any of the flagged features.</summary>
    public bool HoldsAny(bool[] flagged) => Array.Exists(Features, feature => flagged[feature]);

    /// <summary>
    /// Sets the derived bins of a histogram that rows were added to; a derived bin 0 is read by no scan and stays as it is.
    /// </summary>
    public void Derive(LeafHistogram histogram, in LeafSums leaf)
    {
        StripeSums.Derive(histogram.Stripe(Stripe), Half, _derivedOfLanes, leaf.Gradient, leaf.Hessian);
        foreach (var feature in _derivedInShared)
        {
            histogram.Of(feature).Derive(_bins[feature].DerivedBin, 0, _bins[feature].BinCount, leaf.Gradient, leaf.Hessian);
        }
    }
}
