using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;
using LoanRisk.Trees.Training.Threading;

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
    private const int Halves = 2;

    private readonly BinnedTable table;
    private readonly WorkerTeam team;
    private readonly LeafRows rows;
    private readonly SplitSearch search;
    private readonly HistogramPool pool;
    private readonly int[][] derived;
    private readonly SplitCandidate[] smallerFound;
    private readonly SplitCandidate[] largerFound;

    public LeafSearch(BinnedTable table, TrainingParameters parameters, WorkerTeam team, LeafRows rows)
    {
        this.table = table;
        this.team = team;
        this.rows = rows;
        search = new SplitSearch(table, parameters);
        pool = new HistogramPool(new HistogramLayout(table.Columns, table.Bins));
        derived = [.. Enumerable.Range(0, Halves * table.Columns.StripeCount).Select(DerivedBins)];
        smallerFound = new SplitCandidate[table.Bins.Length];
        largerFound = new SplitCandidate[table.Bins.Length];
    }

    /// <summary>The histogram of the rows taken last; <paramref name="alongside"/> is done meanwhile.</summary>
    public LeafHistogram Filled(bool[] features, Action? alongside = null)
    {
        LeafHistogram histogram = pool.Rent();
        List<(int Stripe, int Half)> units = FillUnits(features);
        int extra = alongside is null ? 0 : 1;
        team.Run(units.Count + extra, unit =>
        {
            if (unit < extra)
            {
                alongside!();
            }
            else
            {
                Fill(histogram, units[unit - extra].Stripe, units[unit - extra].Half);
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
        bool[] features = smaller.Splittable;
        bool fillHere = smaller.Histogram is null && rows.Count < RowsWorthStage;
        smaller.Histogram ??= fillHere ? pool.Rent() : Filled(features);
        if (larger is not null)
        {
            larger.Histogram = parent;
        }

        int[] halves = [.. Enumerable.Range(0, derived.Length).Where(half => IsUsed(features, half))];
        team.Run(halves.Length, unit => Search(halves[unit], smaller, larger, fillHere));
        Conclude(smaller, smallerFound, features);
        if (larger is not null)
        {
            Conclude(larger, largerFound, features);
        }
    }

    /// <summary>Whether each bin of a split's feature goes left, 256 entries.</summary>
    public bool[] GoesLeft(in SplitCandidate split) => search.GoesLeft(split);

    /// <summary>Hands a leaf's histogram back.</summary>
    public void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is { } histogram)
        {
            pool.Return(histogram);
            leaf.Histogram = null;
        }
    }

    // Whole stripes while they go round evenly, halves of the rest, so that all threads end at about the same time.
    private List<(int Stripe, int Half)> FillUnits(bool[] features)
    {
        int[] stripes = [.. Enumerable.Range(0, table.Columns.StripeCount).Where(stripe => IsUsed(features, Halves * stripe) || IsUsed(features, (Halves * stripe) + 1))];
        int whole = stripes.Length - (stripes.Length % team.Threads);
        var units = stripes.Take(whole).Select(stripe => (stripe, -1)).ToList();
        units.AddRange(stripes.Skip(whole).SelectMany(stripe => Enumerable.Range(0, Halves).Where(half => IsUsed(features, (Halves * stripe) + half)).Select(half => (stripe, half))));
        return units;
    }

    private void Fill(LeafHistogram histogram, int stripe, int half)
    {
        Span<double> bins = histogram.Stripe(stripe);
        byte[] bytes = table.Columns.Stripe(stripe);
        if (half < 0)
        {
            bins.Clear();
            StripeKernel.Fill(bytes, rows.Rows, rows.Gradients, bins);
        }
        else
        {
            StripeSums.Clear(bins, half);
            StripeKernel.FillHalf(bytes, half, rows.Rows, rows.Gradients, bins);
        }
    }

    private void Search(int numberedHalf, GrowingLeaf smaller, GrowingLeaf? larger, bool fill)
    {
        int stripe = numberedHalf / Halves;
        int half = numberedHalf % Halves;
        if (fill)
        {
            Fill(smaller.Histogram!, stripe, half);
        }

        StripeSums.Derive(smaller.Histogram!.Stripe(stripe), half, derived[numberedHalf], smaller.Sums.Gradient, smaller.Sums.Hessian);
        if (larger is not null)
        {
            StripeSums.Subtract(larger.Histogram!.Stripe(stripe), smaller.Histogram.Stripe(stripe), half);
        }

        int first = FirstColumn(numberedHalf);
        for (int feature = first; feature < first + derived[numberedHalf].Length; feature++)
        {
            if (smaller.Splittable[feature])
            {
                smallerFound[feature] = search.Best(feature, smaller.Sums, smaller.Histogram.Of(feature));
                largerFound[feature] = larger is null ? SplitCandidate.None : search.Best(feature, larger.Sums, larger.Histogram!.Of(feature));
            }
        }
    }

    private void Conclude(GrowingLeaf leaf, SplitCandidate[] found, bool[] features)
    {
        leaf.Splittable = new bool[found.Length];
        for (int feature = 0; feature < found.Length; feature++)
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

    private int[] DerivedBins(int numberedHalf)
    {
        var (_, count) = table.Columns.ColumnsOf(numberedHalf / Halves);
        int before = BinColumns.Lanes / Halves * (numberedHalf % Halves);
        int own = Math.Clamp(count - before, 0, BinColumns.Lanes / Halves);
        int first = FirstColumn(numberedHalf);
        return [.. Enumerable.Range(first, own).Select(column => table.Bins[column].DerivedBin > 0 ? table.Bins[column].DerivedBin : -1)];
    }

    private int FirstColumn(int numberedHalf) =>
        table.Columns.ColumnsOf(numberedHalf / Halves).First + (BinColumns.Lanes / Halves * (numberedHalf % Halves));

    private bool IsUsed(bool[] features, int numberedHalf) =>
        features.AsSpan(Math.Min(features.Length, FirstColumn(numberedHalf)), derived[numberedHalf].Length).Contains(true);
}
