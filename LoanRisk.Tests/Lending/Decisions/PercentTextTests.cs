using LoanRisk.Lending.Decisions;

namespace LoanRisk.Tests.Lending.Decisions;

public sealed class PercentTextTests
{
    private static readonly Thresholds Limits = new(0.02, 0.08);

    [Theory]
    [InlineData(0.0199, "1.99")]
    [InlineData(0.01996, "1.996")]
    [InlineData(0.019999999999999997, "1.9999999999999997")]
    [InlineData(0.02, "2.0")]
    [InlineData(0.020000000000000004, "2.0")]
    [InlineData(0.0749, "7.5")]
    [InlineData(0.0799, "7.99")]
    [InlineData(0.08, "8.0")]
    [InlineData(0.1796, "18.0")]
    [InlineData(0, "0.0")]
    [InlineData(1, "100.0")]
    public void A_probability_stands_on_its_own_side_of_the_limits(double probability, string shown) =>
        Assert.Equal(shown, PercentText.Of(probability, Limits));

    [Theory]
    [InlineData(0.02, "2.0")]
    [InlineData(0.0225, "2.25")]
    [InlineData(0.1, "10.0")]
    [InlineData(0.123456, "12.3456")]
    public void A_limit_has_every_digit_it_has(double limit, string shown) => Assert.Equal(shown, PercentText.OfLimit(limit));

    [Fact]
    public void No_rounding_contradicts_the_rule_whatever_the_limits()
    {
        var random = new Random(20261130);
        for (var i = 0; i < 20_000; i++)
        {
            var approve = Math.Round(random.NextDouble() * 0.5, random.Next(2, 6)) + 0.001;
            var limits = new Thresholds(approve, Math.Round(approve + (random.NextDouble() * 0.4), random.Next(2, 6)));
            var near = random.Next(3) switch { 0 => limits.ApproveBelow, 1 => limits.DeclineFrom, _ => random.NextDouble() };
            var probability = Math.Clamp(near + ((random.NextDouble() - 0.5) * Math.Pow(10, -random.Next(1, 16))), 0, 1);

            var shown = decimal.Parse(PercentText.Of(probability, limits));

            Assert.Equal(probability < limits.ApproveBelow, shown < decimal.Parse(PercentText.OfLimit(limits.ApproveBelow)));
            Assert.Equal(probability < limits.DeclineFrom, shown < decimal.Parse(PercentText.OfLimit(limits.DeclineFrom)));
        }
    }
}
