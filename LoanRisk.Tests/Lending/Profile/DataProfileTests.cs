using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Profile;

public sealed class DataProfileTests
{
    private const double None = double.NaN;

    // amount, rate, owner, rating, region (3 is a level the product does not list)
    private static readonly double[][] Columns =
    [
        [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000],
        [0.1, None, 0.1, 0.1, None, 0.1, 0.1, 0.1, 0.1, 0.1],
        [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
        [0, 0, 1, 1, 2, 2, None, 0, 1, 2],
        [0, 0, 0, 1, 1, 1, 1, 3, 3, 0],
    ];

    private static readonly bool[] Bad = [false, false, false, false, true, false, true, false, true, true];

    private static readonly DataProfile Profile = DataProfile.Of(TinyLoan.Product, Columns, Bad);

    [Fact]
    public void Special_codes_and_rows_that_stand_there_many_times_are_told()
    {
        var amounts = Enumerable.Range(0, 300).Select(i => i % 10 == 0 ? 9_999_999.0 : 100 + (i / 3)).ToArray();
        double[][] columns =
        [
            amounts,
            [.. Enumerable.Repeat(0.1, 300)],
            [.. Enumerable.Repeat(0.0, 300)],
            [.. Enumerable.Repeat(1.0, 300)],
            [.. Enumerable.Repeat(2.0, 300)],
        ];

        var warnings = DataProfile.Of(TinyLoan.Product, columns, [.. Enumerable.Range(0, 300).Select(i => i % 4 == 0)]).Warnings;

        Assert.StartsWith(
            "\"amount\" is 9999999 in 30 rows, far from all other values.",
            Assert.Single(warnings, w => w.Kind == ProfileWarningKind.SpecialCodes).Sentence);
        Assert.StartsWith(
            "199 of 300 rows are equal to another row in every feature; one stands there 30 times.",
            Assert.Single(warnings, w => w.Kind == ProfileWarningKind.RepeatedRows).Sentence);
        Assert.DoesNotContain(Profile.Warnings, w => w.Kind is ProfileWarningKind.SpecialCodes or ProfileWarningKind.RepeatedRows);
    }

    [Fact]
    public void Counts_and_rates_by_hand()
    {
        Assert.Equal((10, 4, 0.4), (Profile.Rows, Profile.BadRows, Profile.BadRate));
        Assert.Equal(WilsonInterval.Of(4, 10), Profile.BadRateInterval);
        Assert.Equal(TinyLoan.Product.FeatureNames, Profile.Features.Select(f => f.Name));
        Assert.All(Profile.Features, f => Assert.True(f.IsFeature));
        var rate = Profile.Features[1];
        Assert.Equal((8, 2, 0.2, 1), (rate.Given, rate.Missing, rate.MissingShare, rate.Distinct));
    }

    [Fact]
    public void Numbers_by_hand()
    {
        var amount = Profile.Features[0].Numbers!;

        Assert.Equal((550, 550, 100, 1000), (amount.Mean, amount.Median, amount.Minimum, amount.Maximum));
        Assert.Equal(Math.Sqrt(825_000 / 9.0), amount.StandardDeviation, 1e-10);
        Assert.Equal(325, amount.Quantiles.Single(q => q.Share == 0.25).Value, 1e-10);
        Assert.Equal(9, amount.Quantiles.Count);
        Assert.Equal((6, 4), (amount.Histogram.Sum(b => b.Good), amount.Histogram.Sum(b => b.Bad)));
        Assert.Equal(
            (0, 0.1), (Profile.Features[1].Numbers!.StandardDeviation, Assert.Single(Profile.Features[1].Numbers!.Histogram).From));
        Assert.Null(Profile.Features[2].Numbers);
    }

    [Fact]
    public void Levels_have_bad_rates_with_intervals()
    {
        var region = Profile.Features[4];

        Assert.Equal(["North", "East", "South", "Any other"], region.Levels.Select(l => l.Label));
        Assert.Equal([(4, 1), (4, 2), (0, 0), (2, 1)], region.Levels.Select(l => (l.Loans, l.Bad)));
        Assert.Equal([0.25, 0.5, null, 0.5], region.Levels.Select(l => l.BadRate));
        Assert.Equal(WilsonInterval.Of(1, 4), region.Levels[0].BadRateInterval);
        Assert.Null(region.Levels[2].BadRateInterval);
        Assert.Equal(3 / 9.0, Profile.Features[3].Levels[0].Share, 1e-15);
    }

    [Fact]
    public void The_strength_of_one_column_by_hand()
    {
        // Of the 24 pairs of a bad and a good amount 21 have the bad one higher.
        Assert.Equal(21 / 24.0, Profile.Features[0].Strength.ByOrder!.Value, 1e-12);
        Assert.Equal(21 / 24.0, Profile.Features[0].Strength.Auc, 1e-12);
        Assert.Equal(0.5, Profile.Features[1].Strength.ByOrder);
        Assert.Null(Profile.Features[4].Strength.ByOrder);
    }

    [Fact]
    public void Bins_carry_weight_of_evidence_and_sum_to_the_information_value()
    {
        var owner = Profile.Features[2];

        Assert.Equal(["No", "Yes"], owner.Bins.Select(b => b.Text));
        Assert.Equal([(2, 3), (4, 1)], owner.Bins.Select(b => (b.Bin.Good, b.Bin.Bad)));
        Assert.Equal(Math.Log(2 / 6.0 / (3 / 4.0)), owner.Bins[0].Bin.Woe, 1e-12);
        var expected = (
            ((2 / 6.0) - (3 / 4.0)) * Math.Log(2 / 6.0 / (3 / 4.0))) + (((4 / 6.0) - (1 / 4.0)) * Math.Log(4 / 6.0 / (1 / 4.0)));
        Assert.Equal(expected, owner.InformationValue, 1e-12);
    }

    [Fact]
    public void Correlations_agree_with_naive_ones_over_complete_pairs()
    {
        Assert.Equal(["amount", "rate", "owner", "rating", "bad"], Profile.Pearson.Names);
        Assert.Equal(Naive(Columns[0], Columns[3]), Profile.Pearson.Values[0][3]!.Value, 1e-12);
        Assert.Equal(Naive(Columns[3], [.. Bad.Select(b => b ? 1.0 : 0)]), Profile.Pearson.Values[3][4]!.Value, 1e-12);
        Assert.Equal(Profile.Pearson.Values[3][0], Profile.Pearson.Values[0][3]);
        Assert.Equal(1, Profile.Pearson.Values[0][0]);
        // A constant column correlates with nothing.
        Assert.All(Profile.Pearson.Values[1], Assert.Null);
        Assert.Equal(Naive(Ranked(Columns[0]), Ranked(Columns[3])), Profile.Spearman.Values[0][3]!.Value, 1e-12);
    }

    [Fact]
    public void Ranks_of_any_rising_curve_are_the_same()
    {
        double[][] columns = [Columns[0], [.. Columns[0].Select(v => Math.Exp(v / 100))], .. Columns.Skip(2)];

        var spearman = DataProfile.Of(TinyLoan.Product, columns, Bad).Spearman;

        Assert.Equal(1, spearman.Values[0][1]!.Value, 1e-12);
    }

    [Fact]
    public void A_twin_of_the_outcome_is_caught_whatever_it_is_called()
    {
        var random = new SeededRandom(11);
        var bad = Enumerable.Range(0, 600).Select(_ => random.NextBelow(5) == 0).ToArray();
        var columns = Enumerable.Range(0, 5).Select(_ => bad.Select(_ => (double)random.NextBelow(2)).ToArray()).ToArray();
        FileColumn[] others =
        [
            new("status", [.. bad.Select(b => b ? "Charged Off" : "Fully Paid")]),
            new("paid back", [.. bad.Select(b => b ? "0.1" : "1.5")]),
            new("closed on", [.. bad.Select(b => b ? null : "2020-01-02")]),
            // Neither order nor one level: bad ones have 3 and 7 among others.
            new("code", [.. bad.Select(b => (b ? 3 + (4 * random.NextBelow(2)) : new[] { 1, 5, 9 }[random.NextBelow(3)]).ToString())]),
            new("account", [.. bad.Select((_, i) => $"A{i}")]),
            new("noise", [.. bad.Select(_ => "ABC".Substring(random.NextBelow(3), 1))]),
        ];

        var profile = DataProfile.Of(TinyLoan.Product, columns, bad, others);

        Assert.Equal(["closed on", "code", "paid back", "status"], Named(profile, ProfileWarningKind.Leakage).Order());
        Assert.All(profile.Warnings.Where(w => w.Kind == ProfileWarningKind.Leakage), w => Assert.Contains("It is no feature", w.Sentence));
        Assert.InRange(profile.OtherColumns[4].Strength.Auc, 0.5, 0.6);
        Assert.Equal((600, 550), (profile.OtherColumns[4].Distinct, profile.OtherColumns[4].LevelsLeftOut));
        Assert.Equal(
            [FeatureKind.Nominal, FeatureKind.Numeric, FeatureKind.Nominal, FeatureKind.Numeric],
            profile.OtherColumns.Take(4).Select(c => c.Kind));
        var asFeature = DataProfile.Of(TinyLoan.Product, [[.. bad.Select(b => b ? 1.0 : 2)], .. columns.Skip(1)], bad);
        Assert.StartsWith("\"amount\" alone tells the outcome with an AUC of 1.000. Was it written after", asFeature.Warnings[0].Sentence);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(299, false)]
    public void A_twin_that_most_rows_lack_is_judged_by_the_rows_that_have_it(int oneOf, bool enough)
    {
        var bad = Enumerable.Range(0, 2_400).Select(i => i % 3 == 0).ToArray();
        var columns = Enumerable.Repeat(Array.ConvertAll(bad, _ => 0.0), 5).ToArray();
        FileColumn[] others = [new("status", [.. bad.Select((b, i) => i % oneOf == 0 ? b ? "late" : "paid" : null)])];

        var status = DataProfile.Of(TinyLoan.Product, columns, bad, others);

        Assert.InRange(status.OtherColumns[0].Strength.ByValue, 0.4, 0.6);
        Assert.Equal(enough ? 1.0 : null, status.OtherColumns[0].Strength.ByGivenValue);
        Assert.Equal(enough ? ["status"] : [], Named(status, ProfileWarningKind.Leakage));
        Assert.All(
            status.Warnings.Where(w => w.Kind == ProfileWarningKind.Leakage),
            w => Assert.StartsWith("Where it is given, \"status\" alone tells", w.Sentence));
    }

    [Fact]
    public void A_few_rows_that_happen_to_be_in_order_are_no_leak()
    {
        bool[] bad = [.. Enumerable.Range(0, 40).Select(i => i < 9)];
        var columns = Enumerable.Repeat(Array.ConvertAll(bad, b => b ? 1.0 : 0), 5).ToArray();

        var profile = DataProfile.Of(TinyLoan.Product, columns, bad);

        Assert.Equal(1, profile.Features[0].Strength.Auc);
        Assert.Empty(Named(profile, ProfileWarningKind.Leakage));
    }

    [Fact]
    public void Constant_columns_rare_levels_and_imbalance_are_told()
    {
        var bad = Enumerable.Range(0, 1000).Select(i => i % 40 == 0).ToArray();
        double[][] columns =
        [
            [.. bad.Select((_, i) => (double)(i * 7919 % 1000))], [.. bad.Select(_ => None)], [.. bad.Select(_ => 1.0)],
            [.. bad.Select((_, i) => i % 3 == 0 ? None : 2.0)], [.. bad.Select((_, i) => i < 5 ? 2.0 : i % 2)],
        ];

        var warnings = DataProfile.Of(TinyLoan.Product, columns, bad).Warnings;

        Assert.Equal(
            [
                "\"rate\" has no value in any row.",
                "\"owner\" has the same value in every row; nothing can be learned of it.",
                "\"rating\" has the same value in every row that has one; nothing can be learned but whether it is given.",
            ],
            warnings.Where(w => w.Kind == ProfileWarningKind.Constant).Select(w => w.Sentence));
        Assert.StartsWith(
            "Only 25 of 1,000 rows (2.50 %) are bad.", Assert.Single(warnings, w => w.Kind == ProfileWarningKind.Imbalance).Sentence);
        // North and East have about 12 bad loans each, enough to say something.
        Assert.Contains(
            ": South (5). Their", Assert.Single(warnings, w => w is { Kind: ProfileWarningKind.RareLevels, Column: "region" }).Sentence);
        Assert.DoesNotContain(DataProfile.Of(TinyLoan.Product, Columns, Bad).Warnings, w => w.Kind == ProfileWarningKind.Imbalance);
    }

    [Fact]
    public void A_profile_survives_json_and_is_the_same_every_time()
    {
        var text = JsonSerializer.Serialize(Profile);

        Assert.Equal(text, JsonSerializer.Serialize(DataProfile.Of(TinyLoan.Product, Columns, Bad)));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<DataProfile>(text)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DataProfile.Of(TinyLoan.Product, [Columns[0]], Bad));
        Assert.Throws<ArgumentException>(() => DataProfile.Of(TinyLoan.Product, [.. Columns.Select(c => c[..9])], Bad));
        Assert.Contains(
            "\"x\" has 1 cells",
            Assert.Throws<ArgumentException>(() => DataProfile.Of(TinyLoan.Product, Columns, Bad, [new FileColumn("x", ["1"])])).Message);
        Assert.Throws<ArgumentException>(() => DataProfile.Of(TinyLoan.Product, Columns, new bool[10]));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DataProfile.Of(TinyLoan.Product, Columns, Bad, null, cancelled.Token));
    }

    [Fact]
    public void The_status_of_closed_loans_is_caught_as_the_outcomes_twin()
    {
        var lines = File.ReadLines(SharedFolder.Require("data", "lendingclub_closed_loans.csv"))
            .Take(20_001)
            .Select(l => l.Split(','))
            .ToArray();
        var rows = lines.Skip(1).Where(r => r.Length == lines[0].Length).ToArray();
        var outcome = Array.IndexOf(lines[0], "outcome");
        var bad = Array.ConvertAll(rows, r => r[outcome] == "default");
        var others = lines[0]
            .Index()
            .Where(h => h.Index != outcome)
            .Select(h => new FileColumn(h.Item, Array.ConvertAll(rows, r => r[h.Index])))
            .ToArray();

        var profile = DataProfile.Of(TinyLoan.Product, [.. Enumerable.Repeat(new double[rows.Length], 5)], bad, others);

        Assert.Equal(["status"], Named(profile, ProfileWarningKind.Leakage));
        Assert.InRange(profile.OtherColumns.Single(c => c.Name == "grade").Strength.Auc, 0.55, 0.75);
    }

    private static IEnumerable<string> Named(DataProfile profile, ProfileWarningKind kind) =>
        profile.Warnings.Where(w => w.Kind == kind).Select(w => w.Column!);

    private static double Naive(double[] first, double[] second)
    {
        var pairs = first.Zip(second).Where(p => !double.IsNaN(p.First) && !double.IsNaN(p.Second)).ToArray();
        var (a, b) = (pairs.Average(p => p.First), pairs.Average(p => p.Second));
        return pairs.Sum(p => (p.First - a) * (p.Second - b)) / Math.Sqrt(
            pairs.Sum(p => Math.Pow(p.First - a, 2)) * pairs.Sum(p => Math.Pow(p.Second - b, 2)));
    }

    private static double[] Ranked(double[] values) =>
        [.. values.Select(v => double.IsNaN(v) ? v : values.Count(w => w < v) + ((1 + values.Count(w => w == v)) / 2.0))];
}
