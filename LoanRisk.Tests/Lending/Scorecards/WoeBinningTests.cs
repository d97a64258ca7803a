using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Scorecards;

public sealed class WoeBinningTests
{
    private static readonly BinningOptions Plain = BinningOptions.Scorecard with { SmallestShare = 0, SmallestChiSquare = 0, PriorBad = 0 };

    [Fact]
    public void Weight_of_evidence_by_hand()
    {
        // Of 80 good and 20 bad loans the group has 40 and 5: half of the good, a quarter of the bad.
        Assert.Equal(Math.Log(2), WeightOfEvidence.Of(40, 5, 80, 20), 1e-15);
        Assert.Equal(0.25 * Math.Log(2), WeightOfEvidence.Information(40, 5, 80, 20, Math.Log(2)), 1e-15);
        Assert.Equal(0, WeightOfEvidence.Of(8, 2, 80, 20), 1e-15);
        Assert.Equal(Math.Log(40.5 / 80 / (0.5 / 20)), WeightOfEvidence.Of(40, 0, 80, 20), 1e-15);
        // One average bad loan brings four good ones along.
        Assert.Equal(Math.Log(44.0 / 80 / (6.0 / 20)), WeightOfEvidence.Of(40, 5, 80, 20, priorBad: 1), 1e-15);
    }

    [Fact]
    public void Two_bins_and_missing_by_hand()
    {
        double[] column = [1, 1, 1, 1, 3, 3, 3, 3, double.NaN, double.NaN];
        bool[] bad = [false, false, false, true, false, true, true, true, false, true];

        var bins = WoeBinning.OfNumbers(column, bad, Plain).Bins;

        Assert.Equal([(null, 2.0, 3, 1), (2.0, null, 1, 3), (null, null, 1, 1)], bins.Select(b => (b.Above, b.UpTo, b.Good, b.Bad)));
        Assert.Equal(
            [Math.Log(3), -Math.Log(3), 0],
            bins.Select(b => Math.Round(b.Woe, 14)).Zip([Math.Log(3), -Math.Log(3), 0.0], (a, e) => Math.Abs(a - e) < 1e-13 ? e : a));
        Assert.Equal(2 * 0.4 * Math.Log(3), WoeBinning.OfNumbers(column, bad, Plain).InformationValue, 1e-13);
        Assert.Equal([WoeBinKind.Numbers, WoeBinKind.Numbers, WoeBinKind.Missing], bins.Select(b => b.Kind));
        Assert.Equal((0.25, 0.75, 0.5), (bins[0].BadRate, bins[1].BadRate, bins[2].BadRate));
    }

    [Fact]
    public void Every_value_belongs_to_one_bin_and_the_counts_are_those_of_its_values()
    {
        var (column, bad) = Numbers(81, 3000);

        var binning = WoeBinning.OfNumbers(column, bad, BinningOptions.Scorecard);

        var places = column.Select(binning.PlaceOf).ToArray();
        for (var b = 0; b < binning.Bins.Count; b++)
        {
            Assert.Equal(places.Zip(bad).Count(p => p.First == b && p.Second), binning.Bins[b].Bad);
            Assert.Equal(places.Zip(bad).Count(p => p.First == b && !p.Second), binning.Bins[b].Good);
        }

        Assert.Equal(binning.Bins.Count - 1, binning.PlaceOf(double.NaN));
        Assert.Equal((0, binning.Bins.Count - 2), (binning.PlaceOf(-1e9), binning.PlaceOf(1e9)));
        Assert.All(binning.Bins.Zip(binning.Bins.Skip(1)).Take(binning.Bins.Count - 2), b => Assert.Equal(b.First.UpTo, b.Second.Above));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_direction_is_kept_by_the_smoothed_weights_too(int direction)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var (column, bad) = Numbers(900 + seed, 150);
            var bins = WoeBinning.OfNumbers(
                column, bad, Plain with { PriorBad = 1, FinestBins = 30, MostBins = 30 }, direction).Bins.SkipLast(1).ToArray();

            Assert.All(bins.Zip(bins.Skip(1)), b => Assert.True(direction * (b.Second.Woe - b.First.Woe) <= 0, $"seed {seed}"));
        }
    }

    [Fact]
    public void Bins_are_large_enough_few_enough_and_unlike_their_neighbours()
    {
        var (column, bad) = Numbers(83, 4000);

        var bins = WoeBinning.OfNumbers(column, bad, BinningOptions.Scorecard with { MostBins = 4 }).Bins.SkipLast(1).ToArray();

        Assert.InRange(bins.Length, 2, 4);
        Assert.All(bins, b => Assert.True(b.Loans >= 200));
        Assert.All(bins.Zip(bins.Skip(1)), b => Assert.True(ChiSquare(b.First, b.Second) >= 3.84));
    }

    [Fact]
    public void Noise_falls_into_one_bin()
    {
        var random = new SeededRandom(84);
        var column = Enumerable.Range(0, 2000).Select(_ => random.NextDouble()).ToArray();
        var bad = Array.ConvertAll(column, _ => random.NextDouble() < 0.2);

        Assert.InRange(WoeBinning.OfNumbers(column, bad, BinningOptions.Scorecard with { SmallestChiSquare = 10 }).FilledCount, 1, 2);
    }

    [Fact]
    public void Equal_numbers_are_never_parted()
    {
        double[] column = [.. Enumerable.Repeat(0.0, 90), .. Enumerable.Range(1, 10).Select(i => (double)i)];
        var bad = Enumerable.Range(0, 100).Select(i => i % 3 == 0).ToArray();

        var bins = WoeBinning.OfNumbers(column, bad, BinningOptions.Profile).Bins;

        Assert.Equal((90, 0.5), (bins[0].Loans, bins[0].UpTo));
    }

    [Fact]
    public void A_column_without_any_value_is_one_missing_bin()
    {
        var binning = WoeBinning.OfNumbers([double.NaN, double.NaN], [true, false], BinningOptions.Scorecard);

        Assert.Equal((1, 2, 0), (binning.FilledCount, binning.Bins[^1].Loans, binning.InformationValue));
    }

    [Fact]
    public void Nominal_levels_group_by_bad_rate_the_rare_ones_together()
    {
        // 0 and 2 are safe, 1 is risky, 3 and 4 are rare; 5 never occurs.
        double[] column =
        [
            .. Enumerable.Repeat(0.0, 100), .. Enumerable.Repeat(1.0, 100), .. Enumerable.Repeat(2.0, 100), 3, 3, 4, double.NaN,
        ];
        var bad = column.Select((c, i) => c == 1 ? i % 2 == 0 : i % 10 == 0).ToArray();

        var binning = WoeBinning.OfLevels(column, bad, levelCount: 6, BinningOptions.Scorecard);

        Assert.Equal(binning.PlaceOf(0), binning.PlaceOf(2));
        Assert.NotEqual(binning.PlaceOf(0), binning.PlaceOf(1));
        Assert.Equal(binning.PlaceOf(3), binning.PlaceOf(4));
        Assert.True(binning.Bins[binning.PlaceOf(0)].Woe > 0 && binning.Bins[binning.PlaceOf(1)].Woe < 0);
        var unseen = binning.Bins[binning.PlaceOf(5)];
        // What was never seen counts like the most average of what was.
        var average = binning.Bins.Where(b => b.Kind == WoeBinKind.Levels).MinBy(b => Math.Abs(b.Woe))!;
        Assert.Equal((WoeBinKind.Unseen, average.Woe, 0, 0.0), (unseen.Kind, unseen.Woe, unseen.Loans, unseen.Information));
        Assert.Equal(unseen, binning.Bins[binning.PlaceOf(6)]);
        Assert.Equal((WoeBinKind.Missing, 1), (binning.Bins[binning.PlaceOf(double.NaN)].Kind, binning.Bins[^1].Loans));
        Assert.Equal([5, 6], unseen.Codes);
    }

    [Fact]
    public void What_cannot_be_binned_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WoeBinning.OfNumbers([1, 2], [true], Plain));
        Assert.Contains(
            "2 good and 0 bad", Assert.Throws<ArgumentException>(() => WoeBinning.OfNumbers([1, 2], [false, false], Plain)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => WoeBinning.OfNumbers([1, 2], [true, false], Plain with { FinestBins = 0 }));
    }

    [Fact]
    public void Bins_read_like_words()
    {
        var product = TinyLoan.Product;
        var (rating, region, rate) = (product.Find("rating")!, product.Find("region")!, product.Find("rate")!);

        Assert.Equal("above 0.1 to 0.2", BinText.Of(rate, new WoeBin(WoeBinKind.Numbers, 0.1, 0.2, [], 1, 1, 0, 0)));
        Assert.Equal("up to 0.2", BinText.Of(rate, new WoeBin(WoeBinKind.Numbers, null, 0.2, [], 1, 1, 0, 0)));
        Assert.Equal("any", BinText.Of(rate, new WoeBin(WoeBinKind.Numbers, null, null, [], 1, 1, 0, 0)));
        Assert.Equal("Low to Middling", BinText.Of(rating, new WoeBin(WoeBinKind.Numbers, null, 1.5, [], 1, 1, 0, 0)));
        Assert.Equal("High", BinText.Of(rating, new WoeBin(WoeBinKind.Numbers, 1.5, null, [], 1, 1, 0, 0)));
        Assert.Equal("North, South", BinText.Of(region, new WoeBin(WoeBinKind.Levels, null, null, [0, 2], 1, 1, 0, 0)));
        Assert.Equal(
            ("any other", "not given"),
            (
                BinText.Of(region, new WoeBin(WoeBinKind.Unseen, null, null, [3], 0, 0, 0, 0)),
                BinText.Of(region, new WoeBin(WoeBinKind.Missing, null, null, [], 0, 0, 0, 0))));
    }

    private static (double[] Column, bool[] Bad) Numbers(int seed, int rows)
    {
        var random = new SeededRandom(seed);
        var column = new double[rows];
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            column[i] = random.NextBelow(10) == 0 ? double.NaN : Math.Round(100 * random.NextDouble(), 1);
            bad[i] = random.NextDouble() < (double.IsNaN(column[i]) ? 0.3 : 0.05 + (column[i] / 300));
        }

        (bad[0], bad[1]) = (true, false);
        return (column, bad);
    }

    private static double ChiSquare(WoeBin first, WoeBin second)
    {
        double n = first.Loans + second.Loans, bad = (first.Bad + second.Bad) / n;
        return new[] { first, second }.Sum(
            b => Math.Pow(b.Bad - (b.Loans * bad), 2) / (b.Loans * bad) + (
                Math.Pow(b.Good - (b.Loans * (1 - bad)), 2) / (b.Loans * (1 - bad))));
    }
}
