using System.Buffers;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>Turns a table's values into columns of codes.</summary>
/// <param name="table">The values.</param>
/// <param name="features">The table's column index of each usable feature.</param>
/// <param name="bins">How each usable feature is binned.</param>
/// <param name="threads">How many threads to use.</param>
internal sealed class ColumnFilling(TrainingTable table, int[] features, FeatureBins[] bins, ParallelOptions threads)
{
    private const int RowsAtOnce = 8192;

    /// <summary>Every feature in a column of its own.</summary>
    public BinColumns Apart() => Fill(ColumnPlan.Apart(bins)).Columns;

    /// <summary>
    /// Features that are hardly ever away from their default bins, and never two at once, share columns. Which do is found in
    /// the sample; a feature that breaks it in another row gets a column of its own, so that nothing is lost.
    /// </summary>
    public BinColumns Bundled(int[] sample)
    {
        var search = new BundleSearch(bins, sample.Length);
        Parallel.ForEach(search.Candidates, threads, feature => search.Mark(feature, InSample(feature, sample)));
        while (true)
        {
            var (columns, broken) = Fill(search.Plan());
            if (!broken.Contains(true))
            {
                return columns;
            }

            search.Exclude(broken);
        }
    }

    private byte[] InSample(int feature, int[] sample)
    {
        var column = table.Columns[features[feature]];
        var values = ArrayPool<double>.Shared.Rent(sample.Length);
        for (var i = 0; i < sample.Length; i++)
        {
            values[i] = column[sample[i]];
        }

        var binOf = new byte[sample.Length];
        bins[feature].Bin(values.AsSpan(0, sample.Length), binOf, 1);
        ArrayPool<double>.Shared.Return(values);
        return binOf;
    }

    private (BinColumns Columns, bool[] Broken) Fill(ColumnPlan plan)
    {
        var columns = new BinColumns(plan, table.RowCount);
        var broken = new bool[bins.Length];
        Parallel.For(0, (table.RowCount + RowsAtOnce - 1) / RowsAtOnce, threads, chunk =>
        {
            var first = chunk * RowsAtOnce;
            var count = Math.Min(RowsAtOnce, table.RowCount - first);
            for (var column = 0; column < plan.ColumnCount; column++)
            {
                if (plan.Features(column).Length == 1)
                {
                    var feature = plan.Features(column)[0];
                    bins[feature].Bin(Values(feature, first, count), columns.From(feature, first), BinColumns.Lanes);
                }
                else
                {
                    FillShared(columns, column, first, count, broken);
                }
            }

            columns.FillLeftOver(first, count);
        });
        return (columns, broken);
    }

    private void FillShared(BinColumns columns, int column, int first, int count, bool[] broken)
    {
        var sharing = columns.Plan.Features(column);
        var codes = columns.From(sharing[0], first);
        Span<byte> own = stackalloc byte[count];
        for (var i = 0; i < count; i++)
        {
            codes[i * BinColumns.Lanes] = 0;
        }

        foreach (var feature in sharing)
        {
            bins[feature].Bin(Values(feature, first, count), own, 1);
            var place = columns.Plan.Codes(feature);
            for (var i = 0; i < count; i++)
            {
                if (own[i] != place.DefaultBin)
                {
                    ref var code = ref codes[i * BinColumns.Lanes];
                    broken[feature] |= code != 0;
                    code = (byte)(own[i] + place.Shift);
                }
            }
        }
    }

    private ReadOnlySpan<double> Values(int feature, int first, int count) => table.Columns[features[feature]].AsSpan(first, count);
}
