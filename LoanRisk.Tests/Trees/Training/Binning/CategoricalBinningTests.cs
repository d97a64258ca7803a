using LoanRisk.Trees;
using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

public class CategoricalBinningTests
{
    private static readonly TrainingParameters Fine = new() { MinDataInBin = 1 };

    [Fact]
    public void Categories_are_binned_most_frequent_first_and_on_a_tie_the_smaller_code()
    {
        var bins = CategoricalBinning.Find([7, 7, 7, 2, 2, 9, 9, 0], Fine, 0)!;
        Assert.Equal([-1, 7, 2, 9, 0], bins.Categories);
        Assert.Equal(MissingType.None, bins.Missing);
        Assert.Equal("-1:7:2:9:0", bins.Info);
    }

    [Theory]
    [InlineData(1.9, 1)]
    [InlineData(-0.5, 0)]
    [InlineData(-1, -1)]
    [InlineData(double.NaN, -1)]
    [InlineData(double.PositiveInfinity, -1)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(1e12, -1)]
    public void Codes_are_truncated_and_what_is_no_code_is_missing(double value, int code) => Assert.Equal(code, FeatureBins.CodeOf(value));

    [Fact]
    public void Missing_and_unseen_categories_share_bin_0()
    {
        var bins = CategoricalBinning.Find([1, 1, 2, 2, double.NaN, -3], Fine, 0)!;
        Assert.Equal(MissingType.NaN, bins.Missing);
        Assert.All(new[] { double.NaN, -3, 55, 1e9 }, value => Assert.Equal(0, bins.BinOf(value)));
        Assert.NotEqual(0, bins.BinOf(1.7));
    }

    [Fact]
    public void Rare_categories_beyond_99_percent_are_cut_when_bins_are_used_up()
    {
        double[] values = [.. Enumerable.Range(0, 10).SelectMany(code => Enumerable.Repeat((double)code, 100)), 50, 50, 50];
        var cut = CategoricalBinning.Find(values, Fine with { MaxBin = 4 }, 0)!;
        Assert.Equal(11, cut.BinCount);
        Assert.Equal(0, cut.BinOf(50));
        Assert.Equal(MissingType.NaN, cut.Missing);
        // LightGBM allows a bin a distinct value, so bin 0 costs the rarest category its own unless something is missing.
        Assert.Equal(0, CategoricalBinning.Find(values, Fine, 0)!.BinOf(50));
        Assert.NotEqual(0, CategoricalBinning.Find([.. values, double.NaN], Fine, 0)!.BinOf(50));
        Assert.Equal(0, CategoricalBinning.Find([.. values, double.NaN], new TrainingParameters { MinDataInBin = 4 }, 0)!.BinOf(50));
    }

    [Fact]
    public void Never_more_than_255_bins()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(i => (double)(i % 400))];
        var bins = CategoricalBinning.Find(values, Fine, 0)!;
        Assert.Equal(255, bins.BinCount);
        Assert.Equal(0, bins.BinOf(399));
        Assert.Equal(254, bins.BinOf(253));
    }

    [Fact]
    public void Columns_no_split_could_use_are_left_out()
    {
        Assert.Null(CategoricalBinning.Find([double.NaN, -1], Fine, 0));
        Assert.Null(CategoricalBinning.Find([3, 3, 3, 3], Fine, 2));
        Assert.NotNull(CategoricalBinning.Find([3, 3, -1, -1], Fine, 2));
    }

    [Fact]
    public void The_derived_bin_is_category_0s_unless_another_holds_70_percent()
    {
        var even = CategoricalBinning.Find([7, 7, 0, 2], Fine, 0)!;
        Assert.Equal(even.BinOf(0), even.DerivedBin);
        var dominated = CategoricalBinning.Find([7, 7, 7, 7, 7, 7, 7, 7, 0, 2], Fine, 0)!;
        Assert.Equal(dominated.BinOf(7), dominated.DerivedBin);
    }
}
