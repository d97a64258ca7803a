using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void Agrees_bit_for_bit_with_a_serial_twin_that_copies_rows()
    {
        var (scores, bad) = MetricsTests.RandomLoans(11, 200);
        var intervals = Bootstrap.Intervals(new ScoredLoans(scores, bad), new Resampling(5, 40));

        var twins = Enumerable.Range(0, 40).Select(i =>
        {
            var random = new SeededRandom(5, i);
            var rows = Enumerable.Range(0, scores.Length).Select(_ => random.NextBelow(scores.Length)).ToArray();
            return Metrics.Of(new ScoredLoans([.. rows.Select(r => scores[r])], [.. rows.Select(r => bad[r])]));
        }).ToArray();

        Assert.Equal(Percentiles(twins.Select(m => m.Auc)), intervals.Auc);
        Assert.Equal(Percentiles(twins.Select(m => m.Gini)), intervals.Gini);
        Assert.Equal(Percentiles(twins.Select(m => m.Ks)), intervals.Ks);
        Assert.Equal(Percentiles(twins.Select(m => m.Brier)), intervals.Brier);
        Assert.Equal(Percentiles(twins.Select(m => m.LogLoss)), intervals.LogLoss);
        Assert.Equal(Percentiles(twins.Select(m => m.AveragePrecision)), intervals.AveragePrecision);
    }

    [Fact]
    public void Is_as_wide_as_theory_says()
    {
        var (scores, bad) = MetricsTests.RandomLoans(12, 4000);
        var loans = new ScoredLoans(scores, bad);
        var auc = Metrics.Of(loans).Auc;

        var interval = Bootstrap.Intervals(loans, new Resampling(1, 600)).Auc;

        var halfWidth = (interval.High - interval.Low) / 2;
        var expected = 1.96 * HanleyMcNeilError(auc, loans.Counts.BadTotal, loans.Counts.GoodTotal);
        Assert.InRange(auc, interval.Low, interval.High);
        Assert.InRange(halfWidth / expected, 0.8, 1.2);
    }

    [Fact]
    public void Another_seed_draws_other_resamples()
    {
        var (scores, bad) = MetricsTests.RandomLoans(13, 200);
        var loans = new ScoredLoans(scores, bad);

        Assert.Equal(Bootstrap.Intervals(loans, new Resampling(1, 50)), Bootstrap.Intervals(loans, new Resampling(1, 50)));
        Assert.NotEqual(Bootstrap.Intervals(loans, new Resampling(1, 50)), Bootstrap.Intervals(loans, new Resampling(2, 50)));
    }

    [Fact]
    public void A_draw_without_a_bad_loan_is_drawn_again()
    {
        var intervals = Bootstrap.Intervals(new ScoredLoans([0.1, 0.2, 0.3], [false, false, true]), new Resampling(3, 200));

        Assert.Equal(new Interval(1, 1), intervals.Auc);
    }

    [Fact]
    public void Stops_when_asked()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var loans = new ScoredLoans([0.1, 0.2], [false, true]);

        Assert.ThrowsAny<OperationCanceledException>(() => Bootstrap.Intervals(loans, 1, cancellationToken: cancelled.Token));
    }

    private static Interval Percentiles(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Interval(Quantile.OfSorted(sorted, (1 - 0.95) / 2), Quantile.OfSorted(sorted, (1 + 0.95) / 2));
    }

    // Hanley and McNeil, Radiology 1982.
    private static double HanleyMcNeilError(double auc, long bad, long good)
    {
        var (q1, q2) = (auc / (2 - auc), 2 * auc * auc / (1 + auc));
        return Math.Sqrt(((auc * (1 - auc)) + ((bad - 1) * (q1 - (auc * auc))) + ((good - 1) * (q2 - (auc * auc)))) / ((double)bad * good));
    }
}
