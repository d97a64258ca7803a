using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>What alarms and what does not.</summary>
[Slow]
public sealed class DriftComparisonTests
{
    private static readonly DriftSource Source = new() { Each = 5 };

    public static TheoryData<TestCorrection, int> Shifted
    {
        get
        {
            var data = new TheoryData<TestCorrection, int>();
            foreach (var correction in Enum.GetValues<TestCorrection>())
            {
                foreach (var place in new[] { 2, 7, 12, 17 })
                {
                    data.Add(correction, place);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shifted))]
    public void The_one_feature_that_is_shifted_alarms_alone(TestCorrection correction, int place)
    {
        var random = new SeededRandom(5);
        var reference = Source.Sample(Source.Draw(10_000, ref random));
        var current = Source.Sample(Source.Draw(1_000, ref random, place, Source.KindOf(place) == FeatureKind.Numeric ? 0.5 : 0.3));

        var report = Compare(reference, current, correction);

        Assert.Equal($"f{place}", Assert.Single(report.Features, f => f.Alarm).Name);
        Assert.Equal($"f{place}", report.Features[0].Name);
    }

    [Theory]
    [InlineData(TestCorrection.Bonferroni)]
    [InlineData(TestCorrection.Sidak)]
    [InlineData(TestCorrection.Holm)]
    [InlineData(TestCorrection.BenjaminiHochberg)]
    public void Of_200_windows_of_unchanged_data_no_more_are_significant_than_the_level_lets(TestCorrection correction)
    {
        const double Level = 0.05;
        var (significant, alarms) = (0, 0);
        for (var window = 0; window < 200; window++)
        {
            // Each against a reference of its own: against one and the same, 200 windows are not 200 chances.
            var random = new SeededRandom(1_000 + window);
            var report = Compare(
                Source.Sample(Source.Draw(2_000, ref random)), Source.Sample(Source.Draw(500, ref random)), correction, Level);
            significant += report.Features.Any(f => f.Findings.Any(t => t.Significant)) ? 1 : 0;
            alarms += report.Alarm ? 1 : 0;
        }

        // 10 are expected at most; 18 would come about in 1 of 100 such tests.
        Assert.InRange(significant, 0, 18);
        Assert.InRange(alarms, 0, 200 * Level);
    }

    [Fact]
    public void A_negligible_shift_of_a_million_rows_is_significant_and_does_not_alarm()
    {
        var source = new DriftSource();
        var random = new SeededRandom(3);
        var reference = source.Sample(source.Draw(1_000_000, ref random));
        var current = source.Sample(source.Draw(1_000_000, ref random, shifted: 0, shift: 0.02), reference);

        var report = Compare(reference, current, TestCorrection.Holm, source: source);

        Assert.Contains(report.Features.Single(f => f.Name == "f0").Findings, f => f.Significant && f.AdjustedPValue < 1e-9);
        Assert.False(report.Alarm);
    }

    [Fact]
    public void Far_out_in_the_tail_an_exact_test_is_held_against_the_level()
    {
        var column = new DriftColumn("f", "F", FeatureKind.Binary, [new Level("0", "No"), new Level("1", "Yes")], null);
        LevelSample reference = new(10_000, 0, [9_950, 50, 0]);
        LevelSample current = new(1_100, 0, [1_072, 28, 0]);

        var report = DriftComparison.Of("p", DriftRule.Default, 0.01, [new(column, reference, current)], []);
        var finding = Assert.Single(report.Features[0].Findings);

        Assert.Equal("two-proportion z", finding.Test);
        Assert.Equal(FisherTest.Of(50, 10_000, 28, 1_100).PValue, finding.AdjustedPValue);
        Assert.True(finding.AdjustedPValue > 100 * finding.PValue);
    }

    [Fact]
    public void Tests_that_have_nothing_to_test_do_not_run_and_do_not_count()
    {
        double[][] reference = [[1, 2, 3, 4], [0, 0, 0, 0], [double.NaN, double.NaN, double.NaN, double.NaN], [0, 1, 2, 0]];
        double[][] current = [[2, 3, 5], [0, 0, 0], [1, 2, 3], [0, 1, double.NaN]];
        var source = new DriftSource();

        var report = Compare(source.Sample(reference), source.Sample(current), TestCorrection.Bonferroni, source: source);

        // Welch and Kolmogorov-Smirnov; nothing of the constant; that all ranks were missing; levels, and one that is missing.
        Assert.Equal(
            ["f0", "f2", "f3"], report.Features.Where(f => f.Findings.Count > 0).Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(5, report.Tests);
        Assert.All(
            report.Features.SelectMany(f => f.Findings), f => Assert.Equal(Math.Min(1, 5 * f.PValue), f.AdjustedPValue, 1e-12));
    }

    [Fact]
    public void What_is_missing_or_unseen_alarms_though_the_values_stay()
    {
        var column = new DriftColumn("f", "F", FeatureKind.Numeric, [], new ValueRange(0, 100));
        var nominal = new DriftColumn("n", "N", FeatureKind.Nominal, [new Level("a", "A"), new Level("b", "B")], null);
        var (before, now) = (new SampleSummary([column, nominal]), new SampleSummary([column, nominal]));
        double[] numbers = [.. Enumerable.Range(0, 1_000).Select(i => (double)(i % 100))];
        double[] levels = [.. Enumerable.Range(0, 1_000).Select(i => (double)(i % 2))];
        before.Add([numbers, levels], 1_000);
        now.Add(
            [[.. numbers.Select((v, i) => i % 10 == 0 ? double.NaN : v)], [.. levels.Select((v, i) => i % 20 == 0 ? 2 : v)]], 1_000);

        var report = DriftComparison.Of(
            "p", DriftRule.Default, 0.01,
            [.. new[] { column, nominal }.Select((c, i) => new ComparedColumn(c, before.ToSamples()[i], now.ToSamples()[i]))], []);

        Assert.Equal(
            DriftAspect.Missing, Assert.Single(report.Features.Single(f => f.Name == "f").Findings, f => f.Alarm).Aspect);
        Assert.Contains(report.Features.Single(f => f.Name == "n").Findings, f => f.Alarm && f.Aspect == DriftAspect.Unseen);
        Assert.Equal(0.1, report.Features.Single(f => f.Name == "f").Current.MissingShare);
        Assert.Equal(0.05, report.Features.Single(f => f.Name == "n").Current.UnseenShare);
    }

    [Fact]
    public void All_of_one_level_against_all_of_the_other_is_a_large_and_finite_effect()
    {
        var column = new DriftColumn("f", "F", FeatureKind.Binary, [new Level("0", "No"), new Level("1", "Yes")], null);
        var report = DriftComparison.Of(
            "p", DriftRule.Default, 0.01,
            [new ComparedColumn(column, new LevelSample(500, 0, [500, 0, 0]), new LevelSample(200, 0, [0, 200, 0]))], []);

        var finding = Assert.Single(Assert.Single(report.Features).Findings);
        Assert.True(finding.Alarm);
        Assert.InRange(finding.Effect, 5, 100);
    }

    [Fact]
    public void Constants_that_differ_alarm_by_their_distribution()
    {
        var column = new DriftColumn("f", "F", FeatureKind.Numeric, [], null);
        var (before, now) = (new SampleSummary([column]), new SampleSummary([column]));
        before.Add([Enumerable.Repeat(5.0, 300).ToArray()], 300);
        now.Add([Enumerable.Repeat(6.0, 200).ToArray()], 200);

        var report = DriftComparison.Of(
            "p", DriftRule.Default, 0.01, [new ComparedColumn(column, before.ToSamples()[0], now.ToSamples()[0])], []);

        var finding = Assert.Single(Assert.Single(report.Features).Findings);
        Assert.Equal(("Kolmogorov-Smirnov", 1.0, true), (finding.Test, finding.Statistic, finding.Alarm));
    }

    private static DriftReport Compare(
        IReadOnlyList<FeatureSample> reference,
        IReadOnlyList<FeatureSample> current,
        TestCorrection correction,
        double level = 0.01,
        DriftSource? source = null) =>
        DriftComparison.Of(
            "p", DriftRule.Default with { Correction = correction }, level, (source ?? Source).Compared(reference, current), []);
}
