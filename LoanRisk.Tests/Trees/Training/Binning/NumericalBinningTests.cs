using LoanRisk.Trees;
using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

public class NumericalBinningTests
{
    private static readonly TrainingParameters Fine = new() { MinDataInBin = 1 };

    [Fact]
    public void Few_values_get_a_bin_each_with_bounds_between_and_zero_apart()
    {
        var bins = NumericalBinning.Find([-2, -1, -1, 0, 3, 5, 5], Fine, 0)!;
        Assert.Equal([Math.BitIncrement(-1.5), -1e-35f, 1e-35f, Math.BitIncrement(4.0), double.PositiveInfinity], bins.UpperBounds);
        Assert.Equal(MissingType.None, bins.Missing);
        Assert.Equal([0, 1, 2, 3, 4], new[] { -2.0, -1, 0, 3, 5 }.Select(v => (int)bins.BinOf(v)));
        Assert.Equal(2, bins.ZeroBin);
        Assert.Equal("[-2:5]", bins.Info);
    }

    [Fact]
    public void Positive_values_leave_an_empty_bin_for_zero() =>
        Assert.Equal([1e-35f, Math.BitIncrement(1.5), double.PositiveInfinity], NumericalBinning.Find([1, 2], Fine, 0)!.UpperBounds);

    [Fact]
    public void Nan_gets_the_last_bin_and_values_seen_later_fall_between()
    {
        var bins = NumericalBinning.Find([1, 2, double.NaN, 3], Fine, 0)!;
        Assert.Equal(MissingType.NaN, bins.Missing);
        Assert.Equal(bins.BinCount - 1, bins.BinOf(double.NaN));
        Assert.True(double.IsNaN(bins.UpperBounds[^1]));
        Assert.Equal(bins.BinOf(3), bins.BinOf(1e300));
        Assert.Equal(bins.BinOf(3), bins.BinOf(double.PositiveInfinity));
        Assert.Equal(0, bins.BinOf(double.NegativeInfinity));
    }

    [Fact]
    public void Without_nan_in_training_nan_is_read_as_zero()
    {
        var bins = NumericalBinning.Find([-1, 1, 2], Fine, 0)!;
        Assert.Equal(bins.BinOf(0), bins.BinOf(double.NaN));
    }

    [Fact]
    public void Zero_as_missing_and_use_missing_off_count_nan_as_zero()
    {
        var zero = NumericalBinning.Find([1, 2, double.NaN, 0], Fine with { ZeroAsMissing = true }, 0)!;
        Assert.Equal(MissingType.Zero, zero.Missing);
        Assert.Equal(zero.ZeroBin, zero.BinOf(double.NaN));
        Assert.Equal(MissingType.None, NumericalBinning.Find([1, 2, double.NaN, 0], Fine with { UseMissing = false }, 0)!.Missing);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(255)]
    public void Bins_stay_within_the_limit_and_hold_about_the_same_rows(int maxBin)
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 20000).Select(_ => Math.Exp(3 * random.NextDouble()))];
        var bins = NumericalBinning.Find(values, new TrainingParameters { MaxBin = maxBin }, 0)!;
        Assert.Equal(maxBin, bins.BinCount);
        int[] rows = [.. values.GroupBy(bins.BinOf).Select(g => g.Count())];
        Assert.InRange(rows.Max(), 0, 1.2 * rows.Min());
        Assert.Equal(bins.UpperBounds.Order(), bins.UpperBounds);
    }

    [Fact]
    public void A_frequent_value_gets_a_bin_of_its_own()
    {
        double[] values = [.. Enumerable.Range(1, 2000).Select(i => (double)i), .. Enumerable.Repeat(777.0, 2000)];
        var bins = NumericalBinning.Find(values, new TrainingParameters { MaxBin = 20 }, 0)!;
        var own = bins.BinOf(777);
        Assert.NotEqual(own, bins.BinOf(776));
        Assert.NotEqual(own, bins.BinOf(778));
    }

    [Fact]
    public void A_bin_holds_at_least_the_rows_asked_for()
    {
        double[] values = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        var bins = NumericalBinning.Find(values, new TrainingParameters { MinDataInBin = 5 }, 0)!;
        Assert.All(values.GroupBy(bins.BinOf), bin => Assert.True(bin.Count() >= 5));
    }

    [Fact]
    public void Columns_no_split_could_use_are_left_out()
    {
        Assert.Null(NumericalBinning.Find([double.NaN, double.NaN], Fine with { UseMissing = false }, 0));
        Assert.Null(NumericalBinning.Find([0, 0, 0], Fine, 0));
        Assert.Null(NumericalBinning.Find([4, 4, 4], Fine, 1));
        Assert.Null(NumericalBinning.Find([1, 2, 2, 2, 2, 2], Fine, 2));
        Assert.NotNull(NumericalBinning.Find([1, 1, 2, 2, 2, 2], Fine, 2));
    }

    [Fact]
    public void The_derived_bin_is_zeros_unless_another_holds_70_percent()
    {
        var dominated = NumericalBinning.Find([-1, 5, 5, 5, 5, 5, 5, 5, 5, 9], Fine, 0)!;
        Assert.Equal(dominated.BinOf(5), dominated.DerivedBin);
        var even = NumericalBinning.Find([-1, -1, 0, 5, 5, 5], Fine, 0)!;
        Assert.Equal(even.ZeroBin, even.DerivedBin);
    }
}
