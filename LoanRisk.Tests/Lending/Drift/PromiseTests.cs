using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>The promise over time: a look every week for five years.</summary>
[Slow]
public sealed class PromiseTests
{
    private const int Streams = 1_000;
    private const int Weeks = 260;

    // Small enough that the effect's threshold is reached by chance in many weeks: the promise rests on the level alone.
    private const int WindowRows = 100;

    private static readonly DriftSource Source = new();

    private static readonly DriftRule Rule = DriftRule.Default;

    [Fact]
    public void Of_1_000_streams_that_never_change_at_most_1_in_100_ever_alarms_in_260_weeks()
    {
        var (alarmed, large) = (0, 0);
        Parallel.For(0, Streams, WorkThreads.Current.Options(), stream =>
        {
            var random = new SeededRandom(17, stream);
            var reference = Source.Sample(Source.Draw(2_000, ref random));
            var (hasAlarm, hasLarge) = (false, false);
            for (var week = 1; week <= Weeks; week++)
            {
                var report = Look(reference, Source.Sample(Source.Draw(WindowRows, ref random)), week);
                hasAlarm |= report.Alarm;
                hasLarge |= report.Features.Any(f => f.Size >= 1);
            }

            Interlocked.Add(ref alarmed, hasAlarm ? 1 : 0);
            Interlocked.Add(ref large, hasLarge ? 1 : 0);
        });

        Assert.InRange(alarmed, 0, Streams / 100);
        Assert.InRange(large, Streams * 9 / 10, Streams);
    }

    [Theory]
    [InlineData(0, 0.55)]
    [InlineData(1, 0.45)]
    [InlineData(2, 0.25)]
    [InlineData(3, 0.15)]
    public void A_shift_after_four_years_is_told_no_later_than_by_the_rule_of_a_PSI_over_a_quarter(int place, double shift)
    {
        var later = 0;
        for (var stream = 0; stream < 40; stream++)
        {
            var random = new SeededRandom(23, stream);
            var reference = Source.Sample(Source.Draw(10_000, ref random));
            var (ours, theirs) = (0, 0);
            for (var week = 209; week <= Weeks && (ours == 0 || theirs == 0); week++)
            {
                var current = Source.Sample(Source.Draw(1_000, ref random, place, shift));
                ours = ours == 0 && Look(reference, current, week).Features.Any(f => f.Alarm && f.Name == $"f{place}") ? week : ours;
                theirs = theirs == 0 && Stability(reference[place], current[place]) > 0.25 ? week : theirs;
            }

            Assert.NotEqual(0, ours);
            later += theirs != 0 && ours > theirs ? 1 : 0;
        }

        Assert.Equal(0, later);
    }

    [Fact]
    public void What_all_looks_may_spend_together_is_the_level()
    {
        Assert.Equal(0.005, AlphaSpending.At(0.01, 1));
        Assert.Equal(0.01, Enumerable.Range(1, 1_000_000).Sum(look => AlphaSpending.At(0.01, look)), 1e-7);
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaSpending.At(0.01, 0));
    }

    private static DriftReport Look(IReadOnlyList<FeatureSample> reference, IReadOnlyList<FeatureSample> current, int week) =>
        DriftComparison.Of("p", Rule, AlphaSpending.At(Rule.Level, week), Source.Compared(reference, current), []);

    private static double Stability(FeatureSample reference, FeatureSample current) => (reference, current) switch
    {
        (NumberSample before, NumberSample now) => PopulationStability.Of(
            PopulationStability.Counts(before.Values, PopulationStability.Edges(before.Values)),
            PopulationStability.Counts(now.Values, PopulationStability.Edges(before.Values))),
        (LevelSample before, LevelSample now) => PopulationStability.Of([.. before.Counts.SkipLast(1)], [.. now.Counts.SkipLast(1)]),
        _ => throw new InvalidOperationException(),
    };
}
