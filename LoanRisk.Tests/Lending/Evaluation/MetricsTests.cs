using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class MetricsTests
{
    [Fact]
    public void A_table_worked_out_by_hand()
    {
        // Risk from high to low: 0.8 bad, 0.4 good, 0.35 bad, 0.1 good. Of the 4 pairs 3 are in order.
        var metrics = Metrics.Of(new ScoredLoans([0.1, 0.4, 0.35, 0.8], [false, false, true, true]));

        Assert.Equal(0.75, metrics.Auc, 1e-15);
        Assert.Equal(0.5, metrics.Gini, 1e-15);
        Assert.Equal(0.5, metrics.Ks, 1e-15);
        Assert.Equal((1.0 + (2.0 / 3)) / 2, metrics.AveragePrecision, 1e-15);
        Assert.Equal((0.01 + 0.16 + (0.65 * 0.65) + 0.04) / 4, metrics.Brier, 1e-15);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.35) + Math.Log(0.8)) / 4, metrics.LogLoss, 1e-15);
    }

    [Fact]
    public void Known_values_of_brier_score_and_log_loss()
    {
        Assert.Equal(0.0375, BrierScore.Of(new ScoredLoans([0.1, 0.9, 0.8, 0.3], [false, true, true, false])), 1e-15);
        Assert.Equal(0.21616187468057912, LogLoss.Of(new ScoredLoans([0.9, 0.1, 0.2, 0.65], [true, false, false, true])), 1e-12);
    }

    [Fact]
    public void One_score_for_all_knows_nothing()
    {
        var metrics = Metrics.Of(new ScoredLoans([0.2, 0.2, 0.2, 0.2], [true, false, false, false]));

        Assert.Equal(0.5, metrics.Auc);
        Assert.Equal(0, metrics.Ks);
        Assert.Equal(0.25, metrics.AveragePrecision);
    }

    [Fact]
    public void Perfect_and_inverted_orders()
    {
        var perfect = Metrics.Of(new ScoredLoans([0.1, 0.2, 0.3], [false, false, true]));
        var inverted = Metrics.Of(new ScoredLoans([0.3, 0.2, 0.1], [false, false, true]));

        Assert.Equal((1, 1, 1, 1), (perfect.Auc, perfect.Gini, perfect.Ks, perfect.AveragePrecision));
        Assert.Equal((0, -1, 1), (inverted.Auc, inverted.Gini, inverted.Ks));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 60)]
    [InlineData(3, 500)]
    public void Agree_with_naive_twins_on_random_loans_with_ties(int seed, int rows)
    {
        var (scores, bad) = RandomLoans(seed, rows);

        var metrics = Metrics.Of(new ScoredLoans(scores, bad));

        Assert.Equal(NaiveAuc(scores, bad), metrics.Auc, 1e-12);
        Assert.Equal(NaiveKs(scores, bad), metrics.Ks, 1e-12);
        Assert.Equal(NaiveAveragePrecision(scores, bad), metrics.AveragePrecision, 1e-12);
        Assert.Equal(scores.Zip(bad, (p, b) => Math.Pow(p - (b ? 1 : 0), 2)).Average(), metrics.Brier, 1e-12);
        Assert.Equal(scores.Zip(bad, (p, b) => -Math.Log(b ? p : 1 - p)).Average(), metrics.LogLoss, 1e-12);
    }

    [Fact]
    public void The_order_of_the_rows_changes_no_bit()
    {
        var (scores, bad) = RandomLoans(4, 300);
        var forward = Metrics.Of(new ScoredLoans(scores, bad));

        Array.Reverse(scores);
        Array.Reverse(bad);

        Assert.Equal(forward, Metrics.Of(new ScoredLoans(scores, bad)));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ScoredLoans([0.1, 0.2], [true]));
        Assert.Throws<ArgumentException>(() => new ScoredLoans([0.1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>(() => Metrics.Of(new ScoredLoans([0.1, 1], [true, false])));
        var error = Assert.Throws<InvalidOperationException>(() => Metrics.Of(new ScoredLoans([0.1, 0.2], [false, false])));
        Assert.Contains("2 good and 0 bad", error.Message);
    }

    internal static (double[] Scores, bool[] Bad) RandomLoans(int seed, int rows)
    {
        var random = new SeededRandom(seed);
        var scores = new double[rows];
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            scores[i] = (1 + random.NextBelow(40)) / 64.0;
            bad[i] = random.NextDouble() < scores[i];
        }

        (bad[0], bad[1]) = (true, false);
        return (scores, bad);
    }

    private static double NaiveAuc(double[] scores, bool[] bad)
    {
        var pairs = from i in Enumerable.Range(0, scores.Length)
                    from j in Enumerable.Range(0, scores.Length)
                    where bad[i] && !bad[j]
                    select scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0;
        return pairs.Average();
    }

    private static double NaiveKs(double[] scores, bool[] bad) =>
        scores.Max(t => Math.Abs(ShareBelow(scores, bad, t, true) - ShareBelow(scores, bad, t, false)));

    private static double ShareBelow(double[] scores, bool[] bad, double threshold, bool outcome) =>
        scores.Zip(bad).Where(x => x.Second == outcome).Average(x => x.First <= threshold ? 1.0 : 0);

    private static double NaiveAveragePrecision(double[] scores, bool[] bad)
    {
        double caughtBefore = 0, sum = 0, all = bad.Count(b => b);
        foreach (var threshold in scores.Distinct().OrderDescending())
        {
            var flagged = scores.Count(s => s >= threshold);
            double caught = scores.Zip(bad).Count(x => x.Second && x.First >= threshold);
            sum += (caught - caughtBefore) / all * (caught / flagged);
            caughtBefore = caught;
        }

        return sum;
    }
}
