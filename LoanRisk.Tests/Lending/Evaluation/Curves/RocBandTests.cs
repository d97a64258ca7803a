using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Evaluation.Curves;

public sealed class RocBandTests
{
    private static readonly LoanRisk.Lending.Products.Policy Policy = TinyLoan.Product.Policy;

    [Fact]
    public void Recalls_by_hand()
    {
        // From the riskiest: a bad one, two tied (one of each), a good one, a bad one, two good ones.
        var recalls = RocBand.Recalls(
            new ScoredLoans([0.9, 0.7, 0.7, 0.6, 0.5, 0.2, 0.1], [true, true, false, false, true, false, false]).Counts);

        Assert.Equal(401, recalls.Length);
        Assert.Equal(1 / 3.0, recalls[0], 1e-12); // the upper end of the upright line at 0
        Assert.Equal(0.5, recalls[50], 1e-12); // half-way along the tie's slope
        Assert.Equal(2 / 3.0, recalls[100], 1e-12);
        Assert.Equal(2 / 3.0, recalls[199], 1e-12);
        Assert.Equal(1, recalls[200], 1e-12); // again the upper end
        Assert.Equal(1, recalls[400]);
    }

    [Fact]
    public void Without_skill_the_recall_is_the_false_alarms() =>
        Assert.All(
            RocBand.Recalls(new ScoredLoans([0.3, 0.3, 0.3], [true, false, false]).Counts).Index(),
            p => Assert.Equal(p.Index / 400.0, p.Item, 1e-12));

    [Fact]
    public void Agrees_with_a_twin_that_copies_rows_and_walks_along_each_curve()
    {
        const int Resamples = 30;
        var (scores, bad) = MetricsTests.RandomLoans(71, 150);

        var band = ModelEvaluation.Of(scores, bad, Policy, new Resampling(9, Resamples)).RocBand!;

        var twins = Enumerable.Range(0, Resamples).Select(i => ModelEvaluationTests.Resample(scores, bad, new SeededRandom(9, i)))
            .Select(t => EvaluationCurves.Of(new ScoredLoans(t.Scores, t.Bad), Policy).Roc).ToArray();
        Assert.All(
            band,
            p => ModelEvaluationTests.AssertClose(
                ModelEvaluationTests.Middle(twins.Select(roc => RecallAt(roc, p.FalseAlarms))), new Interval(p.Low, p.High), 1e-9));
    }

    [Fact]
    public void The_band_is_thinned_runs_from_end_to_end_and_holds_the_curve_it_is_of()
    {
        var (scores, bad) = MetricsTests.RandomLoans(72, 2_000);

        var evaluation = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 300));

        var band = evaluation.RocBand!;
        Assert.InRange(band.Count, 10, 80);
        Assert.Equal((0, 1), (band[0].FalseAlarms, band[^1].FalseAlarms));
        Assert.True(
            band.Zip(band.Skip(1)).All(
                p => p.First.FalseAlarms < p.Second.FalseAlarms && p.First.Low <= p.Second.Low && p.First.High <= p.Second.High));
        Assert.All(band, p => Assert.InRange(RecallAt(evaluation.Curves.Roc, p.FalseAlarms), p.Low, p.High));
        Assert.Contains(band, p => p.High - p.Low > 0.02);
    }

    // The probability is even over 0 to 1 and honest, so refusing from t on catches 1 - t squared of the bad with (1 - t) squared of the
    // good.
    [Theory]
    [InlineData(0.04, 0.36)]
    [InlineData(0.25, 0.75)]
    [InlineData(0.64, 0.96)]
    public void The_truth_lies_inside_about_as_often_as_the_level_says(double falseAlarms, double truth)
    {
        const int Samples = 80;
        var inside = Enumerable.Range(0, Samples).Count(sample =>
        {
            var random = new SeededRandom(73, sample);
            var scores = new double[400];
            var bad = new bool[scores.Length];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = 0.0005 + (0.999 * random.NextDouble());
                bad[i] = random.NextDouble() < scores[i];
            }

            var loans = new ScoredLoans(scores, bad);
            var drawn = Bootstrap.Resample(loans, new Resampling(sample, 200), RocBand.Recalls, CancellationToken.None);
            var middle = ModelEvaluationTests.Middle(drawn.Select(r => r[(int)(400 * falseAlarms)]));
            return middle.Low <= truth && truth <= middle.High;
        });

        Assert.InRange(inside / (double)Samples, 0.87, 1);
    }

    [Fact]
    public void An_evaluation_of_an_earlier_version_has_no_band_and_is_read_all_the_same()
    {
        var (scores, bad) = MetricsTests.RandomLoans(74, 60);
        var json = JsonSerializer.SerializeToNode(ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 10)))!.AsObject();
        Assert.NotNull(json.Deserialize<ModelEvaluation>()!.RocBand);

        json.Remove(nameof(ModelEvaluation.RocBand));

        Assert.Null(json.Deserialize<ModelEvaluation>()!.RocBand);
    }

    private static double RecallAt(IReadOnlyList<RocPoint> roc, double falseAlarms)
    {
        var left = roc.Last(p => p.FalseAlarms <= falseAlarms + 1e-12);
        var right = roc.First(p => p.FalseAlarms >= falseAlarms - 1e-12);
        return left.FalseAlarms >= right.FalseAlarms
            ? left.Recall
            : left.Recall + ((right.Recall - left.Recall) * (falseAlarms - left.FalseAlarms) / (right.FalseAlarms - left.FalseAlarms));
    }
}
