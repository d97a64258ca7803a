using LoanRisk.Lending;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Tests.Lending;

public sealed class DecimalNotationTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(42000, "42000")]
    [InlineData(0.2039, "0.2039")]
    [InlineData(0.40399999999999997, "0.40399999999999997")]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(-1.5e16, "-15000000000000000")]
    [InlineData(1e-7, "0.0000001")]
    [InlineData(-2.5e-9, "-0.0000000025")]
    public void A_number_has_one_decimal_text(double number, string text)
    {
        Assert.Equal(text, DecimalNotation.Of(number));
        Assert.True(DecimalNotation.TryParse(text, out var back));
        Assert.Equal(number, back);
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(-double.Epsilon)]
    [InlineData(-2.2250738585072014E-308)]
    public void The_text_of_the_largest_and_smallest_numbers_is_read_back(double number)
    {
        Assert.True(DecimalNotation.TryParse(DecimalNotation.Of(number), out var back));
        Assert.Equal(number, back);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_has_none(double number) => Assert.Throws<ArgumentOutOfRangeException>(() => DecimalNotation.Of(number));

    [Theory]
    [InlineData("0.2039", 2, "20.39")]
    [InlineData("20.39", -2, "0.2039")]
    [InlineData("7", -2, "0.07")]
    [InlineData("0.5", 2, "50")]
    [InlineData("-0.001", 2, "-0.1")]
    [InlineData("100", -2, "1")]
    [InlineData("0", 2, "0")]
    [InlineData("-0.0", -2, "0")]
    [InlineData("+5", -1, "0.5")]
    [InlineData("1.", 1, "10")]
    [InlineData(".5", 1, "5")]
    [InlineData("12.345", 0, "12.345")]
    public void The_point_moves_in_the_text(string text, int places, string moved) =>
        Assert.Equal(moved, DecimalNotation.Shift(text, places));

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1,0")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("e5")]
    [InlineData("1\0")]
    public void What_is_no_number_is_not_read(string text) => Assert.False(DecimalNotation.TryParse(text, out _));
}
