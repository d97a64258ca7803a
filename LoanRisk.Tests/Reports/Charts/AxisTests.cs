using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Reports.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(new[] { 0.0, 1.0 }, 0, 1, 6)]
    [InlineData(new[] { 0.0, 0.0873 }, 0, 0.1, 6)]
    [InlineData(new[] { -0.31, 0.42 }, -0.4, 0.6, 6)]
    [InlineData(new[] { 3.0 }, 1, 5, 5)]
    [InlineData(new[] { double.NaN, double.PositiveInfinity }, 0, 1, 6)]
    [InlineData(new double[0], 0, 1, 6)]
    public void Ends_are_round_and_hold_all_numbers(double[] numbers, double from, double to, int ticks)
    {
        var axis = Axis.Around("x", numbers, FigureText.Short);

        Assert.Equal(from, axis.From, 12);
        Assert.Equal(to, axis.To, 12);
        Assert.Equal(ticks, axis.Ticks.Count);
        Assert.Equal(axis.From, axis.Ticks[0], 12);
        Assert.Equal(axis.To, axis.Ticks[^1], 12);
    }

    [Fact]
    public void What_lies_beyond_stands_at_the_end()
    {
        var axis = new Axis("x", 0, 2, FigureText.Short);

        Assert.Equal((0, 0.5, 1), (axis.Share(-3), axis.Share(1), axis.Share(9)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0001, "-1.0E-4")]
    [InlineData(0.25, "0.25")]
    [InlineData(-2.5, "−2.5")]
    [InlineData(12_345.67, "12,345.7")]
    public void Numbers_are_as_short_as_they_can_be(double number, string text) => Assert.Equal(text, FigureText.Short(number));

    [Fact]
    public void A_zero_has_no_sign() => Assert.Equal("0.0\u00a0%", FigureText.Percent(-0.0001));
}
