using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>
/// Finds the best splits of a leaf, or of two siblings at once. Of two siblings the smaller one's histogram is built and
/// the larger one's is the parent's less that. The work is cut by columns, never by rows, so that every sum is added
/// up in the order of the rows.
/// </summary>
internal sealed class LeafSearch
{
    // Fewer rows than this are added up where their splits are searched: a stage of its own costs more than it evens out.
    private const int RowsWorthStage = 2048;

    private readonly BinnedTable _table;
    private readonly WorkerTeam _team;
    private readonly ILeafRows _rows;
    private readonly SplitSearch _search;
    private readonly HistogramPool _pool;
    private readonly HalfStripe[] _halves;
    private readonly SplitCandidate[] _smallerFound;
    private readonly SplitCandidate[] _largerFound;

    public LeafSearch(BinnedTable table, TrainingParameters parameters, WorkerTeam team, ILeafRows rows)
    {
        _table = table;
        _team = team;
        _rows = rows;
        _search = new SplitSearch(table, parameters);
        _pool = new HistogramPool(new HistogramLayout(table.Columns));
        _halves = [.. Enumerable.Range(0, HalfStripe.PerStripe * table.Columns.StripeCount)
            .Select(number => new HalfStripe(table, number, _search))];
        _smallerFound = new SplitCandidate[table.Bins.Length];
        _largerFound = new SplitCandidate[table.Bins.Length];
    }

    /// <summary>The histogram of the rows taken last; <paramref name="alongside"/> is done meanwhile.</summary>
    public LeafHistogram Filled(bool[] features, Action? alongside = null)
    {
        var histogram = _pool.Rent();
        var units = FillUnits(features);
        var extra = alongside is null ? 0 : 1;
        _team.Run(units.Count + extra, unit =>
        {
            if (unit < extra)
            {
                alongside!();
            }
            else
            {
                var (stripe, half) = units[unit - extra];
                _rows.Fill(_table.Columns.Stripe(stripe), half, histogram.Stripe(stripe));
            }
        });
        return histogram;
    }

    /// <summary>Finds the best split of each of the two leaves; the rows taken last are the smaller one's.</summary>
    /// <param name="smaller">The leaf with fewer rows; its histogram is filled unless it has one.</param>
    /// <param name="larger">Its sibling, if there is one; it takes over the parent's histogram.</param>
    /// <param name="parent">The parent's histogram.</param>
    public void Search(GrowingLeaf smaller, GrowingLeaf? larger, LeafHistogram? parent)
    {
        var features = smaller.Splittable;
        var fillHere = smaller.Histogram is null && _rows.Count < RowsWorthStage;
        smaller.Histogram ??= fillHere ? _pool.Rent() : Filled(features);
        if (larger is not null)
        {
            larger.Histogram = parent;
        }

        HalfStripe[] used = [.. _halves.Where(half => half.HoldsAny(features))];
        _team.Run(used.Length, unit => Search(used[unit], smaller, larger, fillHere));
        Conclude(smaller, _smallerFound, features);
        if (larger is not null)
        {
            Conclude(larger, _largerFound, features);
        }
    }

    /// <summary>Whether each bin of a split's feature goes left, 256 entries.</summary>
    public bool[] GoesLeft(in SplitCandidate split) => _search.GoesLeft(split);

    /// <summary>Hands a leaf's histogram back.</summary>
    public void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
        {
            _pool.Return(histogram);
            leaf.Histogram = null;
        }
    }

    // Whole stripes while they go round evenly, halves of the rest, so that all threads end at about the same time.
    private List<(int Stripe, int? Half)> FillUnits(bool[] features)
    {
        IGrouping<int, HalfStripe>[] stripes = [.. _halves.Where(half => half.HoldsAny(features)).GroupBy(half => half.Stripe)];
        var whole = stripes.Length - (stripes.Length % _team.Threads);
        var units = stripes.Take(whole).Select(stripe => (stripe.Key, (int?)null)).ToList();
        units.AddRange(stripes.Skip(whole).SelectMany(stripe => stripe).Select(half => (half.Stripe, (int?)half.Half)));
        return units;
    }

    private void Search(HalfStripe half, GrowingLeaf smaller, GrowingLeaf? larger, bool fill)
    {
        var sums = smaller.Histogram!.Stripe(half.Stripe);
        if (fill)
        {
            _rows.Fill(_table.Columns.Stripe(half.Stripe), half.Half, sums);
        }

        half.Derive(smaller.Histogram, smaller.Sums);
        if (larger is not null)
        {
            StripeSums.Subtract(larger.Histogram!.Stripe(half.Stripe), sums, half.Half);
        }

        half.FindSplits(smaller.Sums, smaller.Histogram, smaller.Splittable, _smallerFound);
        if (larger is not null)
        {
            half.FindSplits(larger.Sums, larger.Histogram!, smaller.Splittable, _largerFound);
        }
    }

    private void Conclude(GrowingLeaf leaf, SplitCandidate[] found, bool[] features)
    {
        leaf.Splittable = new bool[found.Length];
        for (var feature = 0; feature < found.Length; feature++)
        {
            if (features[feature])
            {
                leaf.Splittable[feature] = found[feature].Feature >= 0;
                leaf.Best = found[feature].IsBetterThan(leaf.Best) ? found[feature] : leaf.Best;
            }
        }

        if (!(leaf.Best.Gain > 0))
        {
            Release(leaf);
        }
    }
}
