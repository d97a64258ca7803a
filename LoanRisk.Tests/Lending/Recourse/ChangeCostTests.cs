using LoanRisk.Lending.Recourse;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Recourse;

public sealed class ChangeCostTests
{
    private static readonly ChangeCost Cost = new(TinyLoan.Product, new TrainingReference
    {
        Product = "tiny", Rows = 100, BadRate = 0.4, RankCorrelations = [], ProbabilityQuantiles = [],
        Features =
        [
            new FeatureReference
            {
                Name = "amount", MissingShare = 0, Quantiles = [new(0, 100), new(0.5, 500), new(0.7, 500), new(0.8, 1100), new(1, 2100)],
            },
            new FeatureReference { Name = "rate", MissingShare = 0, Values = [new(0.1, 0.5), new(0.2, 0.3), new(0.3, 0.2)] },
            new FeatureReference { Name = "owner", MissingShare = 0, Levels = [new("0", 0.25, null), new("1", 0.75, null)] },
            new FeatureReference
            {
                Name = "rating", MissingShare = 0, Levels = [new("low", 0.5, null), new("mid", 0.1, null), new("high", 0.4, null)],
            },
            new FeatureReference { Name = "region", MissingShare = 0, Levels = [new("N", 0.9, null), new("E", 0.1, null)] },
        ],
    });

    [Theory]
    [InlineData(0, 500, 500, 0)]
    [InlineData(0, 1100, 1600, 0.1 + 0.1 + (0.01 * 500 / 2000))] // halfway from the 80th to the 100th of a hundred
    [InlineData(0, 500, 1100, 0.1 + 0.2 + (0.01 * 600 / 2000))] // half of the fifth that is 500 lies above it
    [InlineData(0, 2100, 3100, 0.1 + (0.01 * 1000 / 2000))] // no row lies between
    [InlineData(1, 0.1, 0.3, 0.1 + 0.65 + 0.01)]
    [InlineData(2, 0, 1, 0.1 + 0.5 + 0.01)]
    [InlineData(3, 2, 0, 0.1 + 0.55 + 0.01)]
    [InlineData(4, 0, 1, 0.1 + 1)]
    public void A_change_costs_the_share_of_rows_that_it_passes(int feature, double from, double to, double cost)
    {
        Assert.Equal(cost, Cost.Of(feature, from, to), 1e-12);
        Assert.Equal(cost, Cost.Of(feature, to, from), 1e-12);
    }

    [Theory]
    [InlineData(100, 1050, 1100, 1000)]
    [InlineData(100, 1000, 1100, 1000)]
    [InlineData(0.05, 0.3, 0.35, 0.3)]
    [InlineData(0.1, 0.30000000000000004, 0.4, 0.3)]
    [InlineData(0.7, -0.1, 0, -0.7)]
    [InlineData(5, 1e300, double.NaN, double.NaN)]
    public void Values_are_multiples_of_the_step_above_and_not_above_a_number(double step, double number, double above, double notAbove)
    {
        var grid = new ValueGrid(step);

        Assert.Equal((above, notAbove), (grid.Above(number), grid.NotAbove(number)));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-3e-300)]
    [InlineData(0)]
    [InlineData(double.MaxValue)]
    public void The_highest_score_that_leads_to_an_outcome_is_found_to_the_last_bit(double highest) =>
        Assert.Equal(highest, TargetScore.Of(score => score <= highest));

    [Fact]
    public void Where_no_score_leads_to_an_outcome_none_is_found() => Assert.Equal(double.NegativeInfinity, TargetScore.Of(_ => false));
}
