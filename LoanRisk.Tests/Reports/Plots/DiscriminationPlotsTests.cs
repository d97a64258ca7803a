using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Reports;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Plots;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Reports.Plots;

public sealed class DiscriminationPlotsTests
{
    private static readonly (ModelEvaluation Weak, ComparisonCurves Strong) Models = Make();

    [Fact]
    public void No_line_leaves_its_chart_however_much_better_the_other_model_is()
    {
        var plots = new DiscriminationPlots(Models.Weak, [Models.Strong], PlotText.Of(PeerLoan.Product));

        Assert.All(new[] { plots.Roc, plots.PrecisionRecall, plots.Gain }, plot =>
        {
            Assert.Contains(plot.Lines, line => line.Tone == Tone.Previous);
            Assert.All(
                plot.Lines.SelectMany(line => line.Points),
                p => Assert.True(p.X >= plot.X.From && p.X <= plot.X.To && p.Y >= plot.Y.From && p.Y <= plot.Y.To, $"{plot.Title}: {p}"));
        });
    }

    [Fact]
    public void A_model_of_which_only_the_roc_curve_is_known_is_drawn_there_alone()
    {
        var plots = new DiscriminationPlots(Models.Weak, [Models.Strong with { Curves = null }], PlotText.Of(PeerLoan.Product));

        Assert.Contains(plots.Roc.Lines, line => line.Tone == Tone.Previous);
        Assert.All(
            new[] { plots.PrecisionRecall, plots.Gain }, plot => Assert.DoesNotContain(plot.Lines, line => line.Tone == Tone.Previous));
    }

    [Fact]
    public void The_band_is_drawn_told_and_in_the_numbers_where_there_is_one()
    {
        var (with, without) = (Roc(Models.Weak), Roc(Models.Weak with { RocBand = null }));

        Assert.Equal(Models.Weak.RocBand!.Select(p => new BandPoint(p.FalseAlarms, p.Low, p.High)), Assert.Single(with.Bands).Points);
        Assert.Contains("shaded band", with.Note, StringComparison.Ordinal);
        Assert.Contains(
            ChartTable.Of(with).Rows, row => row[0] == "95\u00a0% interval" && row[2].Contains(" to ", StringComparison.Ordinal));
        Assert.Empty(without.Bands);
        Assert.DoesNotContain("shaded band", without.Note, StringComparison.Ordinal);

        static LinePlot Roc(ModelEvaluation evaluation) => new DiscriminationPlots(evaluation, [], PlotText.Of(PeerLoan.Product)).Roc;
    }

    private static (ModelEvaluation Weak, ComparisonCurves Strong) Make()
    {
        var random = new SeededRandom(81);
        var weak = Enumerable.Range(0, 500).Select(_ => 0.05 + (0.2 * random.NextDouble())).ToArray();
        var bad = Array.ConvertAll(weak, p => random.NextDouble() < p);
        var loans = new ScoredLoans(Array.ConvertAll(bad, b => b ? 0.8 : 0.02), bad);
        var curves = EvaluationCurves.Of(loans, PeerLoan.Product.Policy);
        return (
            ModelEvaluation.Of(weak, bad, PeerLoan.Product.Policy, new Resampling(1, 50)),
            new ComparisonCurves("Champion", IsBaseline: false, Metrics.Of(loans), curves.Roc, curves));
    }
}
