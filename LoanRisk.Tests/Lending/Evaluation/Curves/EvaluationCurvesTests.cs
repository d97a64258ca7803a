using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Evaluation.Curves;

public sealed class EvaluationCurvesTests
{
    private static readonly LoanRisk.Lending.Products.Policy Policy = TinyLoan.Product.Policy;

    [Fact]
    public void Curves_by_hand()
    {
        var curves = EvaluationCurves.Of(new ScoredLoans([0.1, 0.4, 0.35, 0.8], [false, false, true, true]), Policy);

        Assert.Equal([new(1, 0, 0), new(0.8, 0, 0.5), new(0.4, 0.5, 0.5), new(0.35, 0.5, 1), new(0.1, 1, 1)], curves.Roc);
        Assert.Equal([new(0.8, 0.5, 1), new(0.4, 0.5, 0.5), new(0.35, 1, 2 / 3.0), new(0.1, 1, 0.5)], curves.PrecisionRecall);
        Assert.Equal([new(0.1, 0.5, 0), new(0.35, 0.5, 0.5), new(0.4, 1, 0.5), new(0.8, 1, 1)], curves.Ks);
        Assert.Equal(0.5, curves.KsWidest.GoodShare - curves.KsWidest.BadShare);
        Assert.Equal([new(0, 0), new(0.25, 0.5), new(0.5, 0.5), new(0.75, 1), new(1, 1)], curves.Gain);
        // Costs 5 and 1: from refusing all (2 good) to refusing nobody (2 bad).
        Assert.Equal([new(0.1, 0.5), new(0.35, 0.25), new(0.4, 1.5), new(0.8, 1.25), new(1, 2.5)], curves.Cost);
    }

    [Theory]
    [InlineData(61, 20_000)]
    [InlineData(62, 3_000)]
    public void Long_curves_are_thinned_without_losing_ends_extremes_or_area(int seed, int rows)
    {
        var (scores, bad) = ManyScores(seed, rows);
        var loans = new ScoredLoans(scores, bad);
        var metrics = Metrics.Of(loans);

        var curves = EvaluationCurves.Of(loans, Policy);

        Assert.All(
            new[] { curves.Roc.Count, curves.PrecisionRecall.Count, curves.Ks.Count, curves.Gain.Count, curves.Cost.Count },
            c => Assert.InRange(c, 50, CurveThinning.MostPoints + 1));
        Assert.Equal((new RocPoint(1, 0, 0), new RocPoint(scores.Min(), 1, 1)), (curves.Roc[0], curves.Roc[^1]));
        Assert.Equal(metrics.Auc, Area(curves.Roc.Select(p => (p.FalseAlarms, p.Recall))), 0.002);
        Assert.Equal(metrics.Ks, curves.KsWidest.GoodShare - curves.KsWidest.BadShare, 1e-12);
        Assert.Contains(curves.KsWidest, curves.Ks);
        Assert.Equal((0.0, 1.0), (curves.Gain[0].LoanShare, curves.Gain[^1].BadShare));
        Assert.Equal(metrics.AveragePrecision, Area(curves.PrecisionRecall.Select(p => (p.Recall, p.Precision))), 0.02);
        Assert.Equal(bad.Count(b => b) / (double)rows, curves.PrecisionRecall[^1].Precision, 1e-12);
    }

    [Fact]
    public void The_cheapest_threshold_stands_on_the_thinned_cost_curve()
    {
        var (scores, bad) = ManyScores(63, 5_000);

        var best = ModelEvaluation.Of(scores, bad, Policy, new Resampling(1, 5)).Cost;
        var curve = EvaluationCurves.Of(new ScoredLoans(scores, bad), Policy).Cost;

        Assert.Contains(new CostPoint(best.BestThreshold, best.CostAtBest), curve);
        Assert.Equal(best.CostAtBest, curve.Min(p => p.CostPerLoan), 1e-15);
        Assert.True(curve.Zip(curve.Skip(1)).All(p => p.First.Threshold < p.Second.Threshold));
    }

    [Fact]
    public void Every_thinned_point_is_a_point_of_the_full_curve_and_the_rest_lies_near_the_drawing()
    {
        var random = new SeededRandom(64);
        var x = Enumerable.Range(0, 4000).Select(i => (double)i).ToArray();
        var y = new double[x.Length];
        for (var i = 1; i < y.Length; i++)
        {
            y[i] = y[i - 1] + random.NextDouble() - 0.5;
        }

        var places = CurveThinning.Places(x, [y]);

        Assert.Equal(CurveThinning.MostPoints, places.Length);
        Assert.Equal((0, x.Length - 1), (places[0], places[^1]));
        Assert.True(places.Zip(places.Skip(1)).All(p => p.First < p.Second));
        Assert.Contains(Array.IndexOf(y, y.Max()), places);
        Assert.Contains(Array.IndexOf(y, y.Min()), places);
        var range = y.Max() - y.Min();
        Assert.All(Enumerable.Range(0, x.Length), i => Assert.InRange(Math.Abs(y[i] - Drawn(x, y, places, i)), 0, 0.1 * range));
    }

    [Fact]
    public void A_straight_line_needs_two_points()
    {
        double[] x = [0, 1, 2, 3, 4];

        Assert.Equal([0, 4], CurveThinning.Places(x, [x]));
        Assert.Equal([0, 2, 4], CurveThinning.Places(x, [x], 2));
        Assert.Equal([0, 4], CurveThinning.Places(x, [[7, 7, 7, 7, 7]]));
    }

    [Fact]
    public void The_score_distribution_holds_every_loan_once()
    {
        var (scores, bad) = ManyScores(65, 2_000);

        var bins = EvaluationCurves.Of(new ScoredLoans(scores, bad), Policy).ScoreDistribution;

        Assert.Equal(40, bins.Count);
        Assert.Equal((1, 1), (Math.Round(bins.Sum(b => b.GoodShare), 12), Math.Round(bins.Sum(b => b.BadShare), 12)));
        Assert.Equal((scores.Min(), scores.Max()), (bins[0].From, bins[^1].To));
        Assert.All(bins.Zip(bins.Skip(1)), b => Assert.Equal(b.First.To, b.Second.From));
        var third = bins[2];
        var inThird = scores.Zip(bad).Where(l => l.First >= third.From && l.First < third.To).ToArray();
        Assert.Equal(inThird.Count(l => l.Second) / (double)bad.Count(b => b), third.BadShare, 1e-12);
        Assert.Equal(inThird.Count(l => !l.Second) / (double)bad.Count(b => !b), third.GoodShare, 1e-12);
    }

    [Fact]
    public void One_score_for_all_still_draws()
    {
        var curves = EvaluationCurves.Of(new ScoredLoans([0.2, 0.2, 0.2], [true, false, false]), Policy);

        Assert.Equal([new(1, 0, 0), new(0.2, 1, 1)], curves.Roc);
        Assert.Equal(new ScoreBin(0.2, 0.2, 1, 1), Assert.Single(curves.ScoreDistribution));
        Assert.Equal(3, Assert.Single(curves.Reliability).Loans);
        Assert.Throws<InvalidOperationException>(() => EvaluationCurves.Of(new ScoredLoans([0.2], [true]), Policy));
    }

    private static (double[] Scores, bool[] Bad) ManyScores(int seed, int rows)
    {
        var random = new SeededRandom(seed);
        var scores = new double[rows];
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            scores[i] = 0.001 + (0.9 * Math.Pow(random.NextDouble(), 3));
            bad[i] = random.NextDouble() < scores[i];
        }

        return (scores, bad);
    }

    private static double Area(IEnumerable<(double X, double Y)> points)
    {
        var list = points.ToList();
        return list.Zip(list.Skip(1)).Sum(p => (p.Second.X - p.First.X) * (p.First.Y + p.Second.Y) / 2);
    }

    private static double Drawn(double[] x, double[] y, int[] places, int at)
    {
        var right = places.First(p => p >= at);
        var left = places.Last(p => p <= at);
        return left == right ? y[at] : y[left] + ((y[right] - y[left]) * (x[at] - x[left]) / (x[right] - x[left]));
    }
}
