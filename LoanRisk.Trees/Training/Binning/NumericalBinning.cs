namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Cuts a numerical column into bins of about equal row counts, as LightGBM does: negative and positive values apart,
/// zero between them in its own bin, values that fill a bin alone left alone.
/// </summary>
internal static class NumericalBinning
{
    /// <summary>The bins of a column, or null when no split could use it.</summary>
    /// <param name="sample">Values of the sampled rows.</param>
    /// <param name="parameters">The bin limits and what counts as missing.</param>
    /// <param name="fewestPerSide">Sampled rows each side of a usable split needs; 0 asks for none.</param>
    public static FeatureBins? Find(ReadOnlySpan<double> sample, TrainingParameters parameters, int fewestPerSide)
    {
        using var distinct = new DistinctValues(sample, nanIsZero: parameters.ZeroAsMissing || !parameters.UseMissing);
        var missing = MissingOf(distinct, parameters);
        var nanRows = missing == MissingType.NaN ? distinct.NaNCount : 0;
        var valueBins = missing == MissingType.NaN ? parameters.MaxBin - 1 : parameters.MaxBin;
        var bounds = Bounds(distinct, valueBins, distinct.RowCount - nanRows, parameters.MinDataInBin);
        if (missing == MissingType.Zero && bounds.Count == 2)
        {
            missing = MissingType.None;
        }

        var rowsPerBin = Count(distinct, bounds);
        if (missing == MissingType.NaN)
        {
            bounds.Add(double.NaN);
            rowsPerBin = [.. rowsPerBin, nanRows];
        }

        var usable = bounds.Count > 1 && (fewestPerSide == 0 || HasSplit(rowsPerBin, distinct.RowCount, fewestPerSide));
        return usable
            ? FeatureBins.Numerical([.. bounds], missing, distinct.Values[0], distinct.Values[^1]).WithDerivedBin(rowsPerBin)
            : null;
    }

    private static MissingType MissingOf(DistinctValues distinct, TrainingParameters parameters) => parameters switch
    {
        { UseMissing: false } => MissingType.None,
        { ZeroAsMissing: true } => MissingType.Zero,
        _ => distinct.NaNCount > 0 ? MissingType.NaN : MissingType.None,
    };

    private static List<double> Bounds(DistinctValues distinct, int maxBins, int rows, int fewestPerBin)
    {
        var (negative, negativeRows) = Negative(distinct);
        var (positive, positiveRows) = Positive(distinct);
        var bounds = new List<double>();
        if (negative > 0 && maxBins > 1)
        {
            var zeroRows = rows - negativeRows - positiveRows;
            var share = (int)((double)negativeRows / (rows - zeroRows) * (maxBins - 1));
            bounds = BalancedBins.Bounds(distinct, 0, negative, Math.Max(1, share), fewestPerBin);
            bounds[^1] = -ZeroBand.Edge;
        }

        var left = maxBins - 1 - bounds.Count;
        if (positive > 0 && left > 0)
        {
            bounds.Add(ZeroBand.Edge);
            bounds.AddRange(BalancedBins.Bounds(distinct, distinct.Values.Length - positive, positive, left, fewestPerBin));
        }
        else
        {
            bounds.Add(double.PositiveInfinity);
        }

        return bounds;
    }

    private static (int Values, int Rows) Negative(DistinctValues distinct)
    {
        var values = 0;
        var rows = 0;
        for (; values < distinct.Values.Length && distinct.Values[values] <= -ZeroBand.Edge; values++)
        {
            rows += distinct.Counts[values];
        }

        return (values, rows);
    }

    private static (int Values, int Rows) Positive(DistinctValues distinct)
    {
        var values = 0;
        var rows = 0;
        for (; values < distinct.Values.Length && distinct.Values[^(values + 1)] > ZeroBand.Edge; values++)
        {
            rows += distinct.Counts[^(values + 1)];
        }

        return (values, rows);
    }

    private static int[] Count(DistinctValues distinct, List<double> bounds)
    {
        var rows = new int[bounds.Count];
        var bin = 0;
        for (var i = 0; i < distinct.Values.Length; i++)
        {
            while (distinct.Values[i] > bounds[bin] && bin < bounds.Count - 1)
            {
                bin++;
            }

            rows[bin] += distinct.Counts[i];
        }

        return rows;
    }

    private static bool HasSplit(int[] rowsPerBin, int rows, int fewestPerSide)
    {
        var left = 0;
        for (var bin = 0; bin < rowsPerBin.Length - 1; bin++)
        {
            left += rowsPerBin[bin];
            if (left >= fewestPerSide && rows - left >= fewestPerSide)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Upper bounds for a run of distinct values of one sign; the last is +inf.</summary>
internal static class BalancedBins
{
    public static List<double> Bounds(DistinctValues distinct, int first, int count, int maxBins, int fewestPerBin) =>
        count <= maxBins
            ? OneValueABin(distinct, first, count, fewestPerBin)
            : EqualCounts(distinct, first, count, maxBins, fewestPerBin);

    private static List<double> OneValueABin(DistinctValues distinct, int first, int count, int fewestPerBin)
    {
        var bounds = new List<double>();
        var inBin = 0;
        for (var i = first; i < first + count - 1; i++)
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
    private static List<double> EqualCounts(DistinctValues distinct, int first, int count, int mostBins, int fewestPerBin)
    {
        var counts = distinct.Counts.Slice(first, count);
        var rows = Sum(counts);
        var maxBins = Math.Max(1, Math.Min(mostBins, rows / fewestPerBin));
        var enough = (double)rows / maxBins;
        var restBins = maxBins;
        var restRows = rows;
        foreach (var frequent in counts)
        {
            restBins -= frequent >= enough ? 1 : 0;
            restRows -= frequent >= enough ? frequent : 0;
        }

        var mean = (double)restRows / restBins;
        var bounds = new List<double>();
        var inBin = 0;
        var closed = 0;
        for (var i = 0; i < count - 1 && closed < maxBins - 1; i++)
        {
            var alone = counts[i] >= enough;
            restRows -= alone ? 0 : counts[i];
            inBin += counts[i];
            var full = inBin >= mean || (counts[i + 1] >= enough && inBin >= Math.Max(1, mean * 0.5));
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

    private static int Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }

    private static bool TryAdd(List<double> bounds, double below, double above)
    {
        var bound = Math.BitIncrement((below + above) / 2);
        if (bounds.Count > 0 && bound <= Math.BitIncrement(bounds[^1]))
        {
            return false;
        }

        bounds.Add(bound);
        return true;
    }
}
