using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Tests.Lending.Calibration;

[Slow]
public sealed class CalibrationFitTests
{
    [Fact]
    public void Platt_finds_the_sigmoid_the_outcomes_were_drawn_from()
    {
        var (scores, bad) = Drawn(1, 60_000, new PlattCalibration(1.6, 0.7));

        var fit = CalibrationFit.Platt(scores, bad);

        Assert.Equal(1.6, fit.Slope, 0.05);
        Assert.Equal(0.7, fit.Intercept, 0.1);
    }

    [Fact]
    public void Beta_finds_the_curve_the_outcomes_were_drawn_from()
    {
        var truth = new BetaCalibration(0.6, 1.8, 0.2);
        var (scores, bad) = Drawn(2, 120_000, truth);

        var fit = CalibrationFit.Beta(scores, bad);

        foreach (var score in new[] { -4.0, -3, -2, -1, 0 })
        {
            Assert.Equal(truth.Probability(score), fit.Probability(score), 0.015);
        }
    }

    [Fact]
    public void No_nearby_curve_has_a_lower_loss_than_the_fitted_ones()
    {
        var (scores, bad) = Drawn(3, 5_000, new BetaCalibration(0.6, 1.8, 0.2));
        var platt = CalibrationFit.Platt(scores, bad);
        var beta = CalibrationFit.Beta(scores, bad);

        // Platt's smoothed targets move the best point by about 1 / loans; the steps are larger than that.
        foreach (var step in new[] { -0.02, 0.02 })
        {
            Assert.True(Loss(platt, scores, bad) < Loss(platt with { Slope = platt.Slope + step }, scores, bad));
            Assert.True(Loss(platt, scores, bad) < Loss(platt with { Intercept = platt.Intercept + step }, scores, bad));
            Assert.True(Loss(beta, scores, bad) < Loss(beta with { A = beta.A + step }, scores, bad));
            Assert.True(Loss(beta, scores, bad) < Loss(beta with { B = beta.B + (10 * step) }, scores, bad));
            Assert.True(Loss(beta, scores, bad) < Loss(beta with { C = beta.C + step }, scores, bad));
        }
    }

    [Fact]
    public void Scores_that_point_the_wrong_way_give_a_flat_curve_at_the_bad_rate()
    {
        var (scores, bad) = Drawn(4, 2_000, new PlattCalibration(1, 0));
        var inverted = Array.ConvertAll(scores, s => -s);
        var rate = (double)bad.Count(b => b) / bad.Length;

        Assert.Equal(rate, CalibrationFit.Platt(inverted, bad).Probability(3), 1e-9);
        Assert.Equal(rate, CalibrationFit.Beta(inverted, bad).Probability(3), 1e-9);
        Assert.Equal(rate, CalibrationFit.Isotonic(inverted, bad).Probability(0), 0.05);
    }

    [Fact]
    public void Beta_without_one_of_its_shapes_still_never_falls()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (scores, bad) = Drawn(seed, 60, new BetaCalibration(seed % 2, (seed + 1) % 2, -0.5));
            var fit = CalibrationFit.Beta(scores, bad);
            Assert.True(fit is { A: >= 0, B: >= 0 }, $"seed {seed}: {fit}");
        }
    }

    [Fact]
    public void Pooling_by_hand()
    {
        // 1 bad of 2 at 1 and 2 would fall to 0 at 3: pooled to 1 bad of 3 around 2. Ends are not certain.
        var fit = CalibrationFit.Isotonic([0, 1, 2, 3, 4], [false, false, true, false, true]);

        Assert.Equal([0.5, 2.5, 4], fit.Points.Select(p => p.Score));
        Assert.Equal([0.5 / 3, 0.5, 0.75], fit.Points.Select(p => p.Probability));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Isotonic_agrees_with_the_max_min_formula(int seed)
    {
        var (scores, bad) = Drawn(seed, 150, PlattCalibration.Identity);
        var distinct = scores.Distinct().Order().ToArray();

        var fit = CalibrationFit.Isotonic(scores, bad);

        // At a block's centre the curve answers the block's rate, as the formula gives it for every score of the block.
        var formula = Array.ConvertAll(distinct, s => MaxMin(s, scores, bad));
        foreach (var block in distinct.Zip(formula).GroupBy(x => Math.Round(x.Second, 9)).Where(g => g.Key is > 0 and < 1))
        {
            var members = scores.Where(s => block.Any(b => b.First == s));
            Assert.Equal(block.Key, fit.Probability(members.Average()), 1e-8);
        }
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CalibrationFit.Platt([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => CalibrationFit.Beta([1, double.PositiveInfinity], [true, false]));
        Assert.Throws<ArgumentException>(() => CalibrationFit.Isotonic([1, 2], [true, true]));
    }

    [Fact]
    public void The_choice_has_the_lowest_brier_score_on_the_third_part()
    {
        var truth = new BetaCalibration(0.2, 3, 1);
        var (fitScores, fitBad) = Drawn(5, 20_000, truth);
        var (choiceScores, choiceBad) = Drawn(6, 20_000, truth);

        var choice = CalibrationChoice.Of(fitScores, fitBad, choiceScores, choiceBad);

        Assert.Equal(["platt", "beta", "isotonic"], choice.BrierScores.Select(b => b.Key));
        Assert.Equal(choice.BrierScores.MinBy(b => b.Value).Key, choice.Chosen.Method);
        Assert.NotEqual("platt", choice.Chosen.Method);
    }

    [Theory]
    [InlineData(1_000, 1_001, true)]
    [InlineData(999, 20_000, false)]
    [InlineData(20_000, 999, false)]
    public void Steps_are_learnt_from_a_thousand_loans_of_each_outcome_only(int bad, int good, bool steps)
    {
        bool[] outcomes = [.. Enumerable.Range(0, bad + good).Select(i => i < bad)];
        var random = new SeededRandom(7);
        var scores = Array.ConvertAll(outcomes, isBad => (isBad ? 0.5 : 0) + random.NextDouble());

        var choice = CalibrationChoice.Of(scores, outcomes, scores, outcomes);

        Assert.Equal(steps, choice.BrierScores.Any(b => b.Key == "isotonic"));
    }

    private static (double[] Scores, bool[] Bad) Drawn(int seed, int rows, ProbabilityCalibration truth)
    {
        var random = new SeededRandom(seed);
        var scores = new double[rows];
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            scores[i] = Math.Round((random.NextDouble() * 6) - 5, 2);
            bad[i] = random.NextDouble() < truth.Probability(scores[i]);
        }

        return (scores, bad);
    }

    private static double Loss(ProbabilityCalibration curve, double[] scores, bool[] bad) =>
        LogLoss.Of(new ScoredLoans(Array.ConvertAll(scores, curve.Probability), bad));

    private static double MaxMin(double at, double[] scores, bool[] bad) =>
        scores.Distinct().Where(l => l <= at).Max(low => scores.Distinct().Where(h => h >= at).Min(high =>
            scores.Zip(bad).Where(x => x.First >= low && x.First <= high).Average(x => x.Second ? 1.0 : 0)));
}
