using LoanRisk.Trees;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

/// <summary>Columns of random bins.</summary>
internal static class RandomColumns
{
    public static BinColumns Of(Random random, int features, int rows, int binCount)
    {
        FeatureBins[] bins = [.. Enumerable.Range(0, features)
            .Select(_ => FeatureBins.Categorical([.. Enumerable.Range(-1, binCount)], MissingType.None))];
        var columns = new BinColumns(ColumnPlan.Apart(bins), rows);
        for (var feature = 0; feature < features; feature++)
        {
            var bytes = columns.From(feature, 0);
            for (var row = 0; row < rows; row++)
            {
                bytes[row * BinColumns.Lanes] = (byte)random.Next(binCount);
            }
        }

        columns.FillLeftOver(0, rows);
        return columns;
    }
}
