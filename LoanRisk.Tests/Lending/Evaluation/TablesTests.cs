using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class TablesTests
{
    [Fact]
    public void Calibration_bins_by_hand()
    {
        var table = CalibrationTable.Of(new ScoredLoans([0.1, 0.1, 0.2, 0.4, 0.5, 0.6], [false, true, false, true, false, true]), bins: 2);

        Assert.Equal(2, table.Bins.Count);
        Assert.Equal(3, table.Bins[0].Loans);
        Assert.Equal(0.4 / 3, table.Bins[0].Predicted, 1e-15);
        Assert.Equal(1.0 / 3, table.Bins[0].Observed, 1e-15);
        Assert.Equal((Math.Abs((0.4 / 3) - (1.0 / 3)) + Math.Abs(0.5 - (2.0 / 3))) / 2, table.ExpectedError, 1e-15);
    }

    [Fact]
    public void Loans_of_one_score_stay_in_one_bin()
    {
        var table = CalibrationTable.Of(new ScoredLoans([0.1, 0.1, 0.1, 0.1, 0.9], [false, true, false, true, false]), bins: 5);

        Assert.Equal([4, 1], table.Bins.Select(b => b.Loans));
    }

    [Fact]
    public void A_line_through_honest_probabilities_has_slope_1_and_timid_ones_more()
    {
        var random = new SeededRandom(21);
        var honest = Enumerable.Range(0, 40_000).Select(_ => 0.02 + (0.9 * random.NextDouble())).ToArray();
        var bad = Array.ConvertAll(honest, p => random.NextDouble() < p);

        var line = CalibrationLine.Of(honest, bad);
        var timid = CalibrationLine.Of(Array.ConvertAll(honest, p => 1 / (1 + Math.Sqrt((1 - p) / p))), bad);

        Assert.Equal(1, line.Slope, 0.04);
        Assert.Equal(0, line.Intercept, 0.04);
        Assert.Equal(2 * line.Slope, timid.Slope, 1e-6);
    }

    [Fact]
    public void Bands_count_loans_and_their_bad_rates()
    {
        var bands = BandTable.Of(
            new ScoredLoans([0.01, 0.02, 0.03, 0.08, 0.5], [false, false, true, true, false]), new Thresholds(0.02, 0.08));

        Assert.Equal(new Band(1, 0.2, 0), bands.Approve);
        Assert.Equal(new Band(2, 0.4, 0.5), bands.Refer);
        Assert.Equal(new Band(2, 0.4, 0.5), bands.Decline);
        Assert.Null(BandTable.Of(new ScoredLoans([0.5], [true]), new Thresholds(0.02, 0.08)).Approve.BadRate);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantiles_lie_between_order_statistics(double share, double value) =>
        Assert.Equal(value, Quantile.OfSorted([1, 2, 3, 4], share));

    [Fact]
    public void Random_numbers_are_evenly_spread_and_streams_differ()
    {
        var random = new SeededRandom(7);
        var mean = Enumerable.Range(0, 100_000).Average(_ => random.NextDouble());
        var counts = Enumerable.Range(0, 60_000).Select(_ => random.NextBelow(6)).CountBy(n => n).ToDictionary();

        Assert.Equal(0.5, mean, 0.005);
        Assert.Equal([0, 1, 2, 3, 4, 5], counts.Keys.Order());
        Assert.All(counts.Values, c => Assert.InRange(c, 9_500, 10_500));
        Assert.NotEqual(new SeededRandom(7, 1).NextBits(), new SeededRandom(7, 2).NextBits());
        Assert.NotEqual(new SeededRandom(7, 1).NextBits(), new SeededRandom(8, 0).NextBits());
    }
}
