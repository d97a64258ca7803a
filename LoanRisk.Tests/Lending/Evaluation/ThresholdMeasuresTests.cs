using LoanRisk.Lending.Evaluation;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class ThresholdMeasuresTests
{
    // From 0.4 on: two bad and one good refused, one bad and two good approved.
    private static readonly ScoredLoans Six = new([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [false, true, false, true, false, true]);

    [Fact]
    public void The_four_counts_by_hand()
    {
        Assert.Equal(
            new ConfusionMatrix(0.4, BadRefused: 2, GoodRefused: 1, BadApproved: 1, GoodApproved: 2), ConfusionMatrix.Of(Six, 0.4));
        Assert.Equal(new ConfusionMatrix(0.41, 1, 1, 2, 2), ConfusionMatrix.Of(Six, 0.41));
        Assert.Equal(new ConfusionMatrix(0, 3, 3, 0, 0), ConfusionMatrix.Of(Six, 0));
        Assert.Equal(new ConfusionMatrix(1, 0, 0, 3, 3), ConfusionMatrix.Of(Six, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.Of(Six, double.NaN));
    }

    [Fact]
    public void Measures_by_hand()
    {
        var policy = TinyLoan.Product.Policy;

        var measures = ThresholdMeasures.Of(
            new ConfusionMatrix(0.5, BadRefused: 6, GoodRefused: 2, BadApproved: 4, GoodApproved: 88), policy);

        Assert.Equal((0.6, 0.75), (measures.Recall, measures.Precision!.Value));
        Assert.Equal(2 * 0.6 * 0.75 / (0.6 + 0.75), measures.F1, 1e-15);
        Assert.Equal(88 / 90.0, measures.Specificity, 1e-15);
        Assert.Equal((0.94, 0.08), (measures.Accuracy, measures.RefusedShare));
        Assert.Equal(((5 * 4) + 2) / 100.0, measures.CostPerLoan, 1e-15);
    }

    [Fact]
    public void Nobody_refused_has_no_precision_and_no_harmonic_mean()
    {
        var measures = ThresholdMeasures.Of(ConfusionMatrix.Of(Six, 0.9), TinyLoan.Product.Policy);

        Assert.Null(measures.Precision);
        Assert.Equal((0, 0), (measures.Recall, measures.F1));
    }

    [Fact]
    public void Without_both_outcomes_nothing_is_measured()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => ThresholdMeasures.Of(new ConfusionMatrix(0.5, 0, 1, 0, 2), TinyLoan.Product.Policy));

        Assert.Contains("3 good and 0 bad", error.Message);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.27753279986288926)]
    [InlineData(1, 10, 0.01787621, 0.40415)]
    [InlineData(8, 10, 0.49016247153664183, 0.9433178485456247)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    public void Wilsons_interval_as_published(long hits, long trials, double low, double high)
    {
        var interval = WilsonInterval.Of(hits, trials);

        Assert.Equal(low, interval.Low, 1e-6);
        Assert.Equal(high, interval.High, 1e-6);
    }

    [Fact]
    public void Wilsons_interval_refuses_what_is_no_share()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(6, 5));
    }
}
