using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>Samples of any length, in memory that does not grow with them.</summary>
[Slow]
public sealed class SampleSummaryTests
{
    private static readonly DriftColumn Number = DriftColumn.Number("f", "F");

    [Fact]
    public void Up_to_100_000_numbers_everything_is_exact()
    {
        var numbers = Numbers(100_000, 1);
        var summary = FeatureSummary.Of(Number);
        summary.Add(numbers);

        var sample = (NumberSample)summary.ToSample();

        Array.Sort(numbers);
        Assert.True(sample.Values.IsExact);
        Assert.Equal(numbers.Distinct(), sample.Values.Points);
        Assert.Equal(numbers.Average(), sample.Moments.Mean, 1e-9);
    }

    [Fact]
    public void Beyond_it_the_gap_is_known_to_the_error_that_is_told()
    {
        var (before, now) = (Numbers(150_000, 1), Numbers(300_000, 2).Select(v => v * 1.03).ToArray());
        var (reference, exactReference) = (Summed(before, null), Exact(before));
        var current = Summed(now, reference);

        var test = KolmogorovSmirnovTest.Of(reference.Values, current.Values)!;
        var exact = KolmogorovSmirnovTest.Of(exactReference, Exact(now))!;
        var report = DriftComparison.Of("p", DriftRule.Default, 0.01, [new ComparedColumn(Number, reference, current)], []);

        Assert.False(reference.Values.IsExact);
        Assert.InRange(report.Features[0].GapError, 0, 0.002);
        Assert.InRange(exact.Statistic!.Value, test.Statistic!.Value, test.Statistic.Value + report.Features[0].GapError);
        Assert.Equal(now.Average(), current.Moments.Mean, 1e-9);
        Assert.Equal(before.LongLength, reference.Values.Count);
    }

    [Fact]
    public void Few_different_numbers_stay_exact_however_many_rows_there_are()
    {
        var sample = Summed([.. Enumerable.Range(0, 250_000).Select(i => (double)(i % 37))], null);

        Assert.True(sample.Values.IsExact);
        Assert.Equal(250_000, sample.Values.Count);
        Assert.Equal(sample.Values.UpTo(3), sample.Values.Below(4));
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        var numbers = Numbers(230_000, 7);
        var reference = Summed(Numbers(120_000, 8), null);
        var whole = Summed(numbers, reference);
        var parts = FeatureSummary.Of(Number, reference);
        foreach (var part in numbers.Chunk(40_000))
        {
            var own = FeatureSummary.Of(Number, reference);
            own.Add(part);
            parts.Add(own);
        }

        var sum = (NumberSample)parts.ToSample();

        Assert.Equal(whole.Values.Points, sum.Values.Points);
        Assert.Equal(whole.Values.Points.Select(whole.Values.Below), whole.Values.Points.Select(sum.Values.Below));
        Assert.Equal(whole.Values.Points.Select(whole.Values.UpTo), whole.Values.Points.Select(sum.Values.UpTo));
        Assert.Equal(whole.Moments.Mean, sum.Moments.Mean, 1e-9);
        Assert.Equal(whole.Moments.Variance, sum.Moments.Variance, 1e-6);
        Assert.Equal((whole.Rows, whole.Missing), (sum.Rows, sum.Missing));
    }

    [Fact]
    public void Summaries_that_count_at_other_points_or_other_levels_are_not_added_up()
    {
        var (first, second) = (FeatureSummary.Of(Number), FeatureSummary.Of(Number));
        first.Add(Numbers(110_000, 1));
        second.Add(Numbers(110_000, 2));
        var two = FeatureSummary.Of(Level(2));

        Assert.Throws<ArgumentException>(() => first.Add(second));
        Assert.Throws<ArgumentException>(() => first.Add(two));
        Assert.Throws<ArgumentException>(() => two.Add(FeatureSummary.Of(Level(3))));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        var summary = FeatureSummary.Of(Number);
        var block = Numbers(50_000, 4);
        for (var i = 0; i < 3; i++)
        {
            summary.Add(block);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 40; i++)
        {
            summary.Add(block);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void Missing_values_and_those_out_of_range_are_counted()
    {
        var summary = FeatureSummary.Of(Number with { Seen = new ValueRange(0, 10) });
        summary.Add([1, double.NaN, 11, -1, 10, 0, double.NaN]);

        var sample = summary.ToSample();

        Assert.Equal((7, 2, 2, 5), (sample.Rows, sample.Missing, sample.Unseen, sample.Given));
    }

    private static DriftColumn Level(int levels) => new(
        "l", "L", FeatureKind.Nominal, [.. Enumerable.Range(0, levels).Select(i => new Level($"{i}", $"{i}"))], null);

    private static NumberSample Summed(double[] numbers, NumberSample? reference)
    {
        var summary = FeatureSummary.Of(Number, reference);
        summary.Add(numbers);
        return (NumberSample)summary.ToSample();
    }

    private static ValueDistribution Exact(double[] numbers)
    {
        var sorted = numbers.Order().ToArray();
        return ValueDistribution.OfSorted(sorted);
    }

    private static double[] Numbers(int count, int seed)
    {
        var random = new SeededRandom(seed);
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Math.Pow(1 - random.NextDouble(), -0.4);
        }

        return numbers;
    }
}
