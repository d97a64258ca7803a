using LoanRisk.MLNet.Rows;

namespace LoanRisk.Tests.MLNet.Rows;

public sealed class FloatColumnTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.1)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(1e-300)]
    [InlineData(-1e-300)]
    [InlineData(16_777_217)]
    [InlineData(-16_777_217)]
    [InlineData(0.5)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void The_floor_is_the_largest_float_that_is_not_above(double value)
    {
        var floor = FloatColumn.Floor(value);

        Assert.True(floor <= value);
        Assert.True(float.IsPositiveInfinity(floor) || float.BitIncrement(floor) > value);
    }

    [Fact]
    public void NaN_stays_missing() => Assert.True(float.IsNaN(new FloatColumn([0.1]).Of(double.NaN)));

    [Fact]
    public void A_number_gets_the_float_on_its_side_of_a_threshold_in_the_same_gap()
    {
        const double threshold = 0.1;
        var (below, above) = (FloatColumn.Floor(threshold), float.BitIncrement(FloatColumn.Floor(threshold)));
        var column = new FloatColumn([-5, threshold, 7]);

        Assert.Equal(below, column.Of(Math.BitDecrement(threshold)));
        Assert.Equal(below, column.Of(threshold));
        Assert.Equal(above, column.Of(Math.BitIncrement(threshold)));
        Assert.Equal(above, column.Of(Math.BitDecrement((double)above)));
        Assert.Equal(above, column.Of(above));
        Assert.Equal(FloatColumn.Floor(0.3), column.Of(0.3));
    }

    [Fact]
    public void A_threshold_that_is_a_float_parts_the_gap_above_it()
    {
        var column = new FloatColumn([0.5]);

        Assert.Equal(0.5f, column.Of(0.5));
        Assert.Equal(float.BitIncrement(0.5f), column.Of(Math.BitIncrement(0.5)));
        Assert.Equal(float.BitDecrement(0.5f), column.Of(Math.BitDecrement(0.5)));
    }
}
