using LoanRisk.Lending.Products;
using LoanRisk.Reports.Format;

namespace LoanRisk.Tests.Reports.Format;

public sealed class ProbabilityTextTests
{
    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(0.0001, "< 0.1 %")]
    [InlineData(0.0005, "0.1 %")]
    [InlineData(0.0731, "7.3 %")]
    [InlineData(0.99949, "99.9 %")]
    [InlineData(0.9999, "> 99.9 %")]
    [InlineData(1, "100.0 %")]
    public void Percent_has_one_decimal_and_never_rounds_to_certainty(double probability, string expected) =>
        Assert.Equal(expected, ProbabilityText.Percent(probability).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0, "Fewer than 1 in 1,000 loans like this one were late")]
    [InlineData(0.001, "About 1 in 1,000 loans like this one was late")]
    [InlineData(0.0073, "About 7 in 1,000 loans like this one were late")]
    [InlineData(0.0194, "About 19 in 1,000 loans like this one were late")]
    [InlineData(0.0195, "About 2 in 100 loans like this one were late")]
    [InlineData(0.0731, "About 7 in 100 loans like this one were late")]
    [InlineData(0.5, "About 50 in 100 loans like this one were late")]
    [InlineData(0.994, "About 99 in 100 loans like this one were late")]
    [InlineData(1, "More than 99 in 100 loans like this one were late")]
    public void A_frequency_is_told_in_hundreds_or_for_small_risks_in_thousands(double probability, string expected) =>
        Assert.Equal(expected, ProbabilityText.Frequency(probability, Subject.Loan, "late"));

    [Fact]
    public void A_frequency_speaks_of_what_the_product_is_about() =>
        Assert.Equal(
            "About 31 in 100 clients like this one were lost", ProbabilityText.Frequency(0.31, new Subject("client", "clients"), "lost"));
}
