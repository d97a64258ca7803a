using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

public class BundlingTests
{
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 2 };

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    public void One_hot_columns_share_columns_and_every_bin_reads_back(int levels)
    {
        var table = OneHotLoans.Table(4000, levels, seed: 1);
        var parameters = new TrainingParameters { FeaturePreFilter = false };
        var bundled = BinnedTable.Of(table, parameters, 1, Threads);
        var apart = BinnedTable.Of(table, parameters with { EnableBundle = false }, 1, Threads);
        // Two numbers, the levels, of which a byte holds 255, and the amounts, which exclude each other but not the levels.
        Assert.InRange(bundled.Columns.Plan.ColumnCount, 4, 4 + (levels / 255));
        Assert.InRange(apart.Bins.Length, levels, levels + 6);
        Assert.Equal(apart.Bins.Length, apart.Columns.Plan.ColumnCount);
        Same(apart, bundled);
    }

    [Fact]
    public void A_feature_whose_rows_meet_anothers_outside_of_the_sample_gets_a_column_of_its_own()
    {
        double[][] columns = [.. Enumerable.Range(0, 3)
            .Select(level => Enumerable.Range(0, 5000).Select(row => row % 5 == level ? 1.0 : 0).ToArray())];
        var parameters = new TrainingParameters { BinConstructSampleCnt = 200 };
        Assert.Equal(1, BinnedTable.Of(Table(columns), parameters, 1, Threads).Columns.Plan.ColumnCount);
        columns[1][4000] = 1;
        columns[0][4000] = 1;
        var bundled = BinnedTable.Of(Table(columns), parameters, 1, Threads);
        Assert.Equal(2, bundled.Columns.Plan.ColumnCount);
        Same(BinnedTable.Of(Table(columns), parameters with { EnableBundle = false }, 1, Threads), bundled);

        static TrainingTable Table(double[][] columns) =>
            new(["a", "b", "c"], columns, [.. Enumerable.Range(0, 5000).Select(row => row % 2f)]);
    }

    [Fact]
    public void A_table_alike_may_hold_what_the_bundled_one_could_not()
    {
        var table = OneHotLoans.Table(1000, 20, seed: 2);
        var bundled = BinnedTable.Of(table, new TrainingParameters(), 1, Threads);
        Assert.True(bundled.Columns.Plan.ColumnCount < bundled.Bins.Length);
        double[][] all = [.. table.Columns.Select(column => Enumerable.Repeat(column.Max(), 10).ToArray())];
        var alike = bundled.Alike(new TrainingTable(table.FeatureNames, all, new float[10]), Threads);
        for (var feature = 0; feature < bundled.Bins.Length; feature++)
        {
            Assert.Equal(bundled.Bins[feature].BinOf(all[bundled.Features[feature]][0]), alike.Columns[feature, 3]);
        }
    }

    [Fact]
    public void A_shared_columns_codes_leave_out_a_default_bin_0_and_keep_a_place_for_another()
    {
        FeatureBins[] bins =
        [
            FeatureBins.Categorical([-1, 5], LoanRisk.Trees.MissingType.None).WithDerivedBin([90, 10]),
            FeatureBins.Categorical([-1, 7, 8], LoanRisk.Trees.MissingType.None).WithDerivedBin([5, 90, 5]),
            FeatureBins.Categorical([-1, 7, 8], LoanRisk.Trees.MissingType.None).WithDerivedBin([40, 30, 30]),
        ];
        var plan = new ColumnPlan(bins, [[0, 1], [2]]);
        Assert.Equal([5, 3], [plan.CodeCount(0), plan.CodeCount(1)]);
        Assert.Equal([0, 1, 0, 0, 0], Enumerable.Range(0, 5).Select(code => plan.Codes(0).BinOf((byte)code)));
        Assert.Equal([1, 1, 0, 1, 2], Enumerable.Range(0, 5).Select(code => plan.Codes(1).BinOf((byte)code)));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(code => plan.Codes(2).BinOf((byte)code)));
    }

    private static void Same(BinnedTable expected, BinnedTable actual)
    {
        Assert.Equal(expected.Features, actual.Features);
        for (var feature = 0; feature < expected.Bins.Length; feature++)
        {
            for (var row = 0; row < expected.RowCount; row++)
            {
                Assert.True(expected.Columns[feature, row] == actual.Columns[feature, row], $"row {row}, feature {feature}");
            }
        }
    }
}
