namespace LoanRisk.Trees.Training.Binning;

/// <summary>Upper bounds for a run of distinct values of one sign; the last is +inf.</summary>
internal static class BalancedBins
{
    public static List<double> Bounds(DistinctValues distinct, int first, int count, int maxBins, int rows, int fewestPerBin) =>
        count <= maxBins
            ? OneValueABin(distinct, first, count, fewestPerBin)
            : EqualCounts(distinct, first, count, Math.Max(1, Math.Min(maxBins, rows / fewestPerBin)), rows);

    private static List<double> OneValueABin(DistinctValues distinct, int first, int count, int fewestPerBin)
    {
        var bounds = new List<double>();
        int inBin = 0;
        for (int i = first; i < first + count - 1; i++)
        {
            inBin += distinct.Counts[i];
            if (inBin >= fewestPerBin && TryAdd(bounds, distinct.Values[i], distinct.Values[i + 1]))
            {
                inBin = 0;
            }
        }

        bounds.Add(double.PositiveInfinity);
        return bounds;
    }

    // A value with at least the mean count closes its bin at once, and the one before it when that is half full; the
    // mean is taken anew over what the frequent values leave.
    private static List<double> EqualCounts(DistinctValues distinct, int first, int count, int maxBins, int rows)
    {
        ReadOnlySpan<int> counts = distinct.Counts.Slice(first, count);
        double enough = (double)rows / maxBins;
        int restBins = maxBins;
        int restRows = rows;
        foreach (int frequent in counts)
        {
            restBins -= frequent >= enough ? 1 : 0;
            restRows -= frequent >= enough ? frequent : 0;
        }

        double mean = (double)restRows / restBins;
        var bounds = new List<double>();
        int inBin = 0;
        int closed = 0;
        for (int i = 0; i < count - 1 && closed < maxBins - 1; i++)
        {
            bool alone = counts[i] >= enough;
            restRows -= alone ? 0 : counts[i];
            inBin += counts[i];
            bool full = inBin >= mean || (counts[i + 1] >= enough && inBin >= Math.Max(1, mean * 0.5));
            if (!alone && !full)
            {
                continue;
            }

            TryAdd(bounds, distinct.Values[first + i], distinct.Values[first + i + 1]);
            closed++;
            inBin = 0;
            if (!alone)
            {
                restBins--;
                mean = restRows / (double)restBins;
            }
        }

        bounds.Add(double.PositiveInfinity);
        return bounds;
    }

    private static bool TryAdd(List<double> bounds, double below, double above)
    {
        double bound = Math.BitIncrement((below + above) / 2);
        if (bounds.Count > 0 && bound <= Math.BitIncrement(bounds[^1]))
        {
            return false;
        }

        bounds.Add(bound);
        return true;
    }
}
