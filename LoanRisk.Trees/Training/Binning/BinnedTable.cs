using System.Buffers;
using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>A table as bins; features no split could use are left out.</summary>
internal sealed class BinnedTable
{
    private BinnedTable(int[] features, FeatureBins[] bins, BinColumns columns)
    {
        Features = features;
        Bins = bins;
        Columns = columns;
    }

    /// <summary>The table's column index of each usable feature, ascending.</summary>
    public int[] Features { get; }

    /// <summary>How each usable feature is binned.</summary>
    public FeatureBins[] Bins { get; }

    /// <summary>The bin of each row in each usable feature.</summary>
    public BinColumns Columns { get; }

    public int RowCount => Columns.RowCount;

    /// <summary>Finds the bins in a sample of the rows and bins the whole table with them.</summary>
    public static BinnedTable Of(TrainingTable table, TrainingParameters parameters, int sampleSeed, ParallelOptions threads)
    {
        var sample = new LinearCongruence(sampleSeed).Draw(table.RowCount, Math.Min(table.RowCount, parameters.BinConstructSampleCnt));
        var fewestPerSide = parameters.FeaturePreFilter ? (int)((double)parameters.MinDataInLeaf * sample.Length / table.RowCount) : 0;
        var found = new FeatureBins?[table.FeatureCount];
        Parallel.For(0, found.Length, threads, feature => found[feature] = Find(table, feature, sample, parameters, fewestPerSide));
        int[] features = [.. Enumerable.Range(0, found.Length).Where(feature => found[feature] is not null)];
        FeatureBins[] bins = [.. features.Select(feature => found[feature]!)];
        Array.ForEach(features, feature => CategoricalBinning.CheckCodes(table.FeatureNames[feature], found[feature]!));
        var filling = new ColumnFilling(table, features, bins, threads);
        return new BinnedTable(features, bins, parameters.EnableBundle ? filling.Bundled(sample) : filling.Apart());
    }

    /// <summary>Another table with the same columns, in these bins; no features share a column, whatever its rows hold.</summary>
    public BinnedTable Alike(TrainingTable table, ParallelOptions threads) =>
        new(Features, Bins, new ColumnFilling(table, Features, Bins, threads).Apart());

    private static FeatureBins? Find(TrainingTable table, int feature, int[] sample, TrainingParameters parameters, int fewestPerSide)
    {
        var column = table.Columns[feature];
        var rented = ArrayPool<double>.Shared.Rent(sample.Length);
        var values = rented.AsSpan(0, sample.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = column[sample[i]];
        }

        var bins = table.IsCategorical(feature)
            ? CategoricalBinning.Find(values, parameters, fewestPerSide)
            : NumericalBinning.Find(values, parameters, fewestPerSide);
        ArrayPool<double>.Shared.Return(rented);
        return bins;
    }
}
