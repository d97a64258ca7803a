using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Statistics;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Evaluation;

public sealed class ModelEvaluationTests
{
    private static readonly LoanRisk.Lending.Products.Policy Policy = TinyLoan.Product.Policy;

    [Fact]
    public void Twins_that_copy_rows_agree_on_every_interval()
    {
        const int Resamples = 30;
        var (scores, bad) = MetricsTests.RandomLoans(31, 150);

        var evaluation = ModelEvaluation.Of(scores, bad, Policy, new Resampling(9, Resamples));

        var twins = Enumerable.Range(0, Resamples).Select(i => Resample(scores, bad, new SeededRandom(9, i))).ToArray();
        Assert.Equal(Bootstrap.Intervals(new ScoredLoans(scores, bad), new Resampling(9, Resamples)), evaluation.Intervals);
        var lines = twins.Select(t => CalibrationLine.Of(t.Scores, t.Bad)).ToArray();
        AssertClose(Middle(lines.Select(l => l.Slope)), evaluation.Calibration.SlopeInterval, 1e-6);
        AssertClose(Middle(lines.Select(l => l.Intercept)), evaluation.Calibration.InterceptInterval, 1e-6);
        var decline = evaluation.Thresholds[0];
        var measures = twins.Select(
            t => ThresholdMeasures.Of(ConfusionMatrix.Of(new ScoredLoans(t.Scores, t.Bad), Policy.DeclineFrom), Policy)).ToArray();
        AssertClose(Middle(measures.Select(m => m.Recall)), decline.Intervals.Recall, 1e-12);
        AssertClose(
            Middle(measures.Where(m => m.Precision is not null).Select(m => m.Precision!.Value)),
            decline.Intervals.Precision!.Value,
            1e-12);
        AssertClose(Middle(measures.Select(m => m.F1)), decline.Intervals.F1, 1e-12);
        AssertClose(Middle(measures.Select(m => m.CostPerLoan)), decline.Intervals.CostPerLoan, 1e-12);
        AssertClose(Middle(twins.Select(t => BestByTrying(t.Scores, t.Bad).Threshold)), evaluation.Cost.BestThresholdInterval, 1e-12);
        var errors = Middle(twins.Select(t => CalibrationTable.Of(new ScoredLoans(t.Scores, t.Bad)).ExpectedError));
        var error = evaluation.Calibration.ExpectedError;
        AssertClose(
            new Interval(Math.Clamp((2 * error) - errors.High, 0, error), Math.Max(error, (2 * error) - errors.Low)),
            evaluation.Calibration.ExpectedErrorInterval,
            1e-12);
    }

    [Fact]
    public void The_policys_two_thresholds_are_measured_and_named()
    {
        var (scores, bad) = MetricsTests.RandomLoans(32, 300);

        var evaluation = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 20));

        Assert.Equal(["declineFrom", "approveBelow"], evaluation.Thresholds.Select(t => t.Name));
        Assert.Equal([Policy.DeclineFrom, Policy.ApproveBelow], evaluation.Thresholds.Select(t => t.Matrix.Threshold));
        Assert.Equal((300, bad.Count(b => b)), (evaluation.Loans, evaluation.Bad));
        Assert.Equal(scores.Average(), evaluation.Calibration.MeanPredicted, 1e-12);
        Assert.Equal(bad.Count(b => b) / 300.0, evaluation.Calibration.BadRate, 1e-15);
    }

    [Fact]
    public void Honest_probabilities_hold_the_truth_within_their_intervals()
    {
        var random = new SeededRandom(33);
        var honest = Enumerable.Range(0, 5000).Select(_ => 0.02 + (0.5 * random.NextDouble())).ToArray();
        var bad = Array.ConvertAll(honest, p => random.NextDouble() < p);

        var calibration = ModelEvaluation.Of(honest, bad, Policy, new Resampling(4, 200)).Calibration;

        Assert.InRange(1, calibration.SlopeInterval.Low, calibration.SlopeInterval.High);
        Assert.InRange(0, calibration.InterceptInterval.Low, calibration.InterceptInterval.High);
        Assert.Equal(0, calibration.ExpectedErrorInterval.Low);
        Assert.InRange(calibration.ExpectedErrorInterval.High, calibration.ExpectedError, 0.03);
        Assert.InRange(calibration.MeanPredicted, calibration.BadRateInterval.Low, calibration.BadRateInterval.High);
    }

    [Fact]
    public void A_lie_shows_in_the_lower_end_of_the_calibration_error()
    {
        var random = new SeededRandom(34);
        var truth = Enumerable.Range(0, 4000).Select(_ => 0.1 + (0.2 * random.NextDouble())).ToArray();
        var bad = Array.ConvertAll(truth, p => random.NextDouble() < p);

        var calibration = ModelEvaluation.Of(Array.ConvertAll(truth, p => p + 0.1), bad, Policy, new Resampling(4, 200)).Calibration;

        Assert.InRange(calibration.ExpectedErrorInterval.Low, 0.07, 0.1);
        Assert.InRange(calibration.ExpectedErrorInterval.High, 0.1, 0.13);
    }

    [Theory]
    [InlineData(41, 12)]
    [InlineData(42, 100)]
    [InlineData(43, 1000)]
    public void The_cheapest_threshold_is_the_one_that_trying_all_finds(int seed, int rows)
    {
        var (scores, bad) = MetricsTests.RandomLoans(seed, rows);

        var cost = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 10)).Cost;

        var (threshold, lowest) = BestByTrying(scores, bad);
        Assert.Equal(threshold, cost.BestThreshold);
        Assert.Equal(lowest, cost.CostAtBest, 1e-12);
        Assert.Equal(1.0 / 6, cost.CalibratedThreshold, 1e-15);
        Assert.Equal(BusinessScore.CostPerLoan(new ScoredLoans(scores, bad), Policy, 1.0 / 6), cost.CostAtCalibrated);
        Assert.Equal(5.0 * bad.Count(b => b) / rows, cost.CostOfApprovingAll, 1e-12);
        Assert.Equal(1.0 * bad.Count(b => !b) / rows, cost.CostOfRefusingAll, 1e-12);
        Assert.InRange(cost.CostAtBest, 0, Math.Min(cost.CostOfApprovingAll, cost.CostOfRefusingAll));
    }

    [Fact]
    public void Refusing_nobody_is_cheapest_when_only_good_loans_look_risky()
    {
        var cost = ModelEvaluation.Of(
            [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
            [
                true, false, false, false, false, false, false, false,
            ], Policy, new Resampling(1, 20)).Cost;

        Assert.Equal(1, cost.BestThreshold);
        Assert.Equal(5.0 / 8, cost.CostAtBest);
    }

    [Fact]
    public void Deciles_by_hand()
    {
        // 20 loans, two a decile; bad ones are the four riskiest and the safest.
        var scores = Enumerable.Range(1, 20).Select(i => i / 21.0).ToArray();
        var bad = Enumerable.Range(1, 20).Select(i => i is 1 or > 16).ToArray();

        var deciles = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 20)).Deciles;

        Assert.Equal(Enumerable.Range(1, 10), deciles.Select(d => d.Number));
        Assert.All(deciles, d => Assert.Equal(2, d.Loans));
        AssertAll([2, 2, 0, 0, 0, 0, 0, 0, 0, 1], deciles.Select(d => d.Bad));
        AssertAll([4, 4, 0, 0, 0, 0, 0, 0, 0, 2], deciles.Select(d => d.Lift));
        AssertAll([0.4, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1], deciles.Select(d => d.Gain));
        AssertAll([4, 4, 8 / 3.0, 2, 1.6, 4 / 3.0, 8 / 7.0, 1, 8 / 9.0, 1], deciles.Select(d => d.CumulativeLift));
    }

    [Fact]
    public void Loans_of_one_score_are_shared_out_over_deciles()
    {
        var deciles = ModelEvaluation.Of(
            [0.2, 0.2, 0.2, 0.2, 0.2], [true, false, false, false, false], Policy, new Resampling(1, 20)).Deciles;

        Assert.All(deciles, d => Assert.Equal(0.2, d.BadRate, 1e-12));
        Assert.All(deciles, d => Assert.Equal(1, d.Lift, 1e-12));
    }

    [Fact]
    public void Every_decile_of_random_loans_lies_in_its_interval_and_they_sum_up()
    {
        var (scores, bad) = MetricsTests.RandomLoans(35, 777);

        var deciles = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 200)).Deciles;

        Assert.Equal(bad.Count(b => b), deciles.Sum(d => d.Bad), 1e-9);
        Assert.Equal(777, deciles.Sum(d => d.Loans), 1e-9);
        Assert.All(deciles, d => Assert.InRange(d.Lift, d.LiftInterval.Low, d.LiftInterval.High));
        Assert.All(deciles, d => Assert.InRange(d.Gain, d.GainInterval.Low, d.GainInterval.High));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_and_they_survive_json()
    {
        var (scores, bad) = MetricsTests.RandomLoans(36, 400);
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict) { RespectRequiredConstructorParameters = false };

        var text = JsonSerializer.Serialize(ModelEvaluation.Of(scores, bad, Policy, new Resampling(5, 50)), options);

        Assert.Equal(text, JsonSerializer.Serialize(ModelEvaluation.Of(scores, bad, Policy, new Resampling(5, 50)), options));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ModelEvaluation>(text, options), options));
        Assert.NotEqual(text, JsonSerializer.Serialize(ModelEvaluation.Of(scores, bad, Policy, new Resampling(6, 50)), options));
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ModelEvaluation.Of([0.1, 0.2], [true], Policy, 1));
        Assert.Throws<ArgumentException>(() => ModelEvaluation.Of([0.1, 1], [true, false], Policy, 1));
        Assert.Throws<InvalidOperationException>(() => ModelEvaluation.Of([0.1, 0.2], [false, false], Policy, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelEvaluation.Of([0.1, 0.2], [true, false], Policy, new Resampling(1, 0)));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => ModelEvaluation.Of([0.1, 0.2], [true, false], Policy, 1, cancellationToken: cancelled.Token));
    }

    internal static (double[] Scores, bool[] Bad) Resample(double[] scores, bool[] bad, SeededRandom random)
    {
        while (true)
        {
            var rows = new int[scores.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = random.NextBelow(rows.Length);
            }

            if (rows.Any(r => bad[r]) && rows.Any(r => !bad[r]))
            {
                return (Array.ConvertAll(rows, r => scores[r]), Array.ConvertAll(rows, r => bad[r]));
            }
        }
    }

    internal static Interval Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Interval(Quantile.OfSorted(sorted, 0.025), Quantile.OfSorted(sorted, 0.975));
    }

    internal static void AssertClose(Interval expected, Interval actual, double tolerance)
    {
        Assert.Equal(expected.Low, actual.Low, tolerance);
        Assert.Equal(expected.High, actual.High, tolerance);
    }

    private static void AssertAll(double[] expected, IEnumerable<double> actual)
    {
        foreach (var (e, a) in expected.Zip(actual, (e, a) => (e, a)))
        {
            Assert.Equal(e, a, 1e-12);
        }
    }

    private static (double Threshold, double Cost) BestByTrying(double[] scores, bool[] bad) =>
        scores.Append(1).Distinct().OrderDescending()
            .Select(t => (Threshold: t, Cost: scores.Zip(bad, (s, b) => b ? (s < t ? 5.0 : 0) : s >= t ? 1 : 0).Average()))
            .Aggregate((best, next) => next.Cost < best.Cost - 1e-12 ? next : best);
}
