using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class ModelDifferenceTests
{
    [Fact]
    public void Differences_by_hand_point_to_the_better_model()
    {
        // The candidate orders all four pairs rightly, the champion three.
        var difference = ModelDifference.Of([0.1, 0.2, 0.6, 0.7], [0.1, 0.5, 0.4, 0.9], [false, false, true, true], new Resampling(1, 50));

        Assert.Equal((1, 0.75, 0.25), (difference.Auc.Candidate, difference.Auc.Champion, difference.Auc.Gain));
        Assert.Equal((0.01 + 0.04 + 0.16 + 0.09) / 4, difference.Brier.Candidate, 1e-15);
        Assert.Equal((0.01 + 0.25 + 0.36 + 0.01) / 4, difference.Brier.Champion, 1e-15);
        Assert.Equal(difference.Brier.Champion - difference.Brier.Candidate, difference.Brier.Gain, 1e-15);
        Assert.Equal(difference.LogLoss.Champion - difference.LogLoss.Candidate, difference.LogLoss.Gain, 1e-15);
        Assert.Equal((4, 50), (difference.Loans, difference.Resamples));
    }

    [Fact]
    public void Twins_that_copy_the_same_rows_of_both_agree()
    {
        var (champion, bad) = MetricsTests.RandomLoans(51, 120);
        var random = new SeededRandom(52);
        var candidate = Array.ConvertAll(champion, p => Math.Clamp(p + (0.2 * (random.NextDouble() - 0.5)), 0.01, 0.99));

        var difference = ModelDifference.Of(candidate, champion, bad, new Resampling(6, 25));

        var twins = Enumerable.Range(0, 25).Select(i =>
        {
            var (a, outcomes) = ModelEvaluationTests.Resample(candidate, bad, new SeededRandom(6, i));
            var (b, _) = ModelEvaluationTests.Resample(champion, bad, new SeededRandom(6, i));
            return (A: Metrics.Of(new ScoredLoans(a, outcomes)), B: Metrics.Of(new ScoredLoans(b, outcomes)));
        }).ToArray();
        ModelEvaluationTests.AssertClose(ModelEvaluationTests.Middle(twins.Select(t => t.A.Auc - t.B.Auc)), difference.Auc.Interval, 1e-12);
        ModelEvaluationTests.AssertClose(
            ModelEvaluationTests.Middle(twins.Select(t => t.B.Brier - t.A.Brier)), difference.Brier.Interval, 1e-12);
        ModelEvaluationTests.AssertClose(
            ModelEvaluationTests.Middle(twins.Select(t => t.B.LogLoss - t.A.LogLoss)), difference.LogLoss.Interval, 1e-12);
    }

    [Fact]
    public void A_model_against_itself_has_no_difference_at_all()
    {
        var (scores, bad) = MetricsTests.RandomLoans(53, 90);

        var difference = ModelDifference.Of(scores, scores, bad, new Resampling(2, 30));

        Assert.Equal((0, new Interval(0, 0)), (difference.Auc.Gain, difference.Auc.Interval));
        Assert.Equal((0, new Interval(0, 0)), (difference.LogLoss.Gain, difference.LogLoss.Interval));
    }

    [Fact]
    public void Pairing_makes_the_interval_narrower_than_either_models_own()
    {
        var (champion, bad) = MetricsTests.RandomLoans(54, 2000);
        var random = new SeededRandom(55);
        var candidate = Array.ConvertAll(champion, p => Math.Clamp(p + (0.02 * (random.NextDouble() - 0.5)), 0.001, 0.999));

        var paired = ModelDifference.Of(candidate, champion, bad, new Resampling(3, 100)).Auc.Interval;
        var own = Bootstrap.Intervals(new ScoredLoans(champion, bad), new Resampling(3, 100)).Auc;

        Assert.InRange(paired.High - paired.Low, 0, (own.High - own.Low) / 3);
    }

    [Fact]
    public void Exchanging_the_models_turns_the_signs()
    {
        var (first, bad) = MetricsTests.RandomLoans(56, 80);
        var second = Array.ConvertAll(first, p => 1 - p);

        var forth = ModelDifference.Of(first, second, bad, new Resampling(1, 20));
        var back = ModelDifference.Of(second, first, bad, new Resampling(1, 20));

        Assert.Equal(forth.Brier.Gain, -back.Brier.Gain);
        Assert.Equal(forth.Auc.Interval.Low, -back.Auc.Interval.High, 1e-15);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ModelDifference.Of([0.1, 0.2], [0.1], [true, false], 1));
        Assert.Throws<ArgumentException>(() => ModelDifference.Of([0.1, 0], [0.1, 0.2], [true, false], 1));
        Assert.Throws<InvalidOperationException>(() => ModelDifference.Of([0.1, 0.2], [0.1, 0.2], [true, true], 1));
    }
}
