using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Lending.Statistics;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Scorecards;

/// <summary>What a scorecard learns, and the points it gives.</summary>
public sealed class ScorecardTests
{
    private static readonly LoanProduct Product = TinyLoan.Product;

    private static readonly (double[][] Columns, bool[] Bad) Loans = DrawnLoans.Draw(4000, 91);

    private static readonly Scorecard Card = Scorecard.Of(Product, Loans.Columns, Loans.Bad);

    [Fact]
    public void The_fit_is_the_maximum_of_the_penalised_likelihood()
    {
        var residuals = Loans.Bad
            .Select((b, i) => (b ? 1 : 0) - LogOdds.ToProbability(Card.RawScore(DrawnLoans.Row(Loans.Columns, i))))
            .ToArray();

        Assert.Equal(0, residuals.Sum(), 1e-3);
        foreach (var feature in Card.Features)
        {
            var slope = residuals.Select(
                (r, i) => r * feature.Binning.Bins[feature.Binning.PlaceOf(Loans.Columns[feature.Place][i])].Woe).Sum();
            Assert.Equal(0, slope - (0.02 * feature.Coefficient), 1e-3);
        }
    }

    [Fact]
    public void One_feature_gives_the_bad_rates_of_its_bins()
    {
        // Saturated: with a single feature, no smoothing and no ridge, log-odds = those of all loans minus weight of evidence.
        double[][] columns = [Loans.Columns[0], .. Enumerable.Repeat(new double[4000], 4)];
        var options = new ScorecardOptions { Binning = BinningOptions.Scorecard with { PriorBad = 0 }, Ridge = 1e-9 };

        var card = Scorecard.Of(Product, columns, Loans.Bad, options);

        Assert.Equal(-1, Assert.Single(card.Features).Coefficient, 1e-6);
        Assert.All(
            card.Features[0].Binning.Bins.Where(b => b.Loans > 0),
            b => Assert.Equal(b.BadRate!.Value, LogOdds.ToProbability(card.Intercept - b.Woe), 1e-6));
        Assert.Equal(4, card.LeftOut.Count);
        Assert.All(card.LeftOut, l => Assert.Equal("no two of its bins differ", l.Reason));
    }

    [Fact]
    public void The_usual_scale_has_600_points_at_50_to_1_and_20_to_double()
    {
        var scale = new PointScale();

        Assert.Equal(600, scale.Points(-Math.Log(50)), 1e-10);
        Assert.Equal(620, scale.Points(-Math.Log(100)), 1e-10);
        Assert.Equal(580, scale.Points(-Math.Log(25)), 1e-10);
        Assert.Equal(scale.Points(Card.Intercept), Card.BasePoints);
        var other = Scorecard.Of(Product, Loans.Columns, Loans.Bad, new ScorecardOptions { Scale = new PointScale(500, 1, 50) });
        var row = DrawnLoans.Row(Loans.Columns, 3);
        Assert.Equal(Card.RawScore(row), other.RawScore(row));
        Assert.Equal(500 - (50 * other.RawScore(row) / Math.Log(2)), other.Points(row), 1e-9);
    }

    [Fact]
    public void Every_bin_has_a_row_in_the_points_table()
    {
        foreach (var feature in Card.Features)
        {
            Assert.Equal(feature.Binning.Bins.Count, feature.Attributes.Count);
            Assert.Equal(1, feature.Attributes.Sum(a => a.Share), 1e-12);
            Assert.All(feature.Attributes, a => Assert.Equal(-Card.Scale.Factor * feature.Coefficient * a.Woe, a.Points, 1e-12));
            Assert.All(feature.Attributes, a => Assert.InRange(a.WholePoints - a.Points, -0.5, 0.5));
            Assert.Equal("not given", feature.Attributes[^1].Text);
        }
    }

    [Fact]
    public void A_feature_that_would_count_the_wrong_way_round_is_left_out()
    {
        // The second column is the first with an error that the outcome explains: beside the first its sign turns.
        var random = new SeededRandom(94);
        var (risk, echo, bad) = (new double[5000], new double[5000], new bool[5000]);
        for (var i = 0; i < risk.Length; i++)
        {
            risk[i] = random.NextBelow(5);
            bad[i] = random.NextDouble() < 0.1 + (0.15 * risk[i]);
            echo[i] = Math.Clamp(risk[i] - (bad[i] ? random.NextBelow(2) : 0), 0, 4) / 10;
        }

        var card = Scorecard.Of(Product, [risk, echo, new double[5000], new double[5000], new double[5000]], bad);

        Assert.Equal("amount", Assert.Single(card.Features).Name);
        Assert.Contains(card.LeftOut, l => l is { Name: "rate", Reason: "beside the others its safer values would raise the risk" });
        Assert.All(Card.Features, f => Assert.True(f.Coefficient < 0));
    }

    [Fact]
    public void Two_columns_that_say_the_same_share_the_weight()
    {
        var card = Scorecard.Of(
            Product,
            [Loans.Columns[0], Loans.Columns[0], .. Enumerable.Repeat(new double[4000], 3)],
            Loans.Bad,
            new ScorecardOptions { Directions = [0, 0, 0, 0, 0] });

        Assert.Equal(2, card.Features.Count);
        Assert.Equal(card.Features[0].Coefficient, card.Features[1].Coefficient, 1e-6);
    }

    [Fact]
    public void Without_any_signal_everybody_gets_the_base_points()
    {
        var card = Scorecard.Of(
            Product, [.. Enumerable.Repeat(new double[10], 5)], [true, false, false, false, false, false, false, false, false, false]);

        Assert.Empty(card.Features);
        Assert.Equal(card.BasePoints, card.Points([1, 2, 0, 1, 2]));
        Assert.Equal(card.Intercept, card.ToTrees(Product).PredictRaw([1, 2, 0, 1, 2]));
        Assert.Equal(card.Intercept, TreeModel.Parse(card.ToTrees(Product).ToText()).PredictRaw([1, 2, 0, 1, 2]));
        Assert.Equal(0.1, LogOdds.ToProbability(card.Intercept), 1e-6);
    }

    [Fact]
    public void The_same_rows_give_the_same_card_and_it_survives_json()
    {
        var text = JsonSerializer.Serialize(Card);

        Assert.Equal(text, JsonSerializer.Serialize(Scorecard.Of(Product, Loans.Columns, Loans.Bad)));
        var read = JsonSerializer.Deserialize<Scorecard>(text)!;
        Assert.Equal(text, JsonSerializer.Serialize(read));
        Assert.Equal(Card.Points(DrawnLoans.Row(Loans.Columns, 5)), read.Points(DrawnLoans.Row(Loans.Columns, 5)));
    }

    [Fact]
    public void A_scorecard_ranks_loans_it_has_not_seen()
    {
        var (columns, bad) = DrawnLoans.Draw(3000, 95);

        var auc = Auc.Of([.. Enumerable.Range(0, 3000).Select(i => Card.RawScore(DrawnLoans.Row(columns, i)))], bad);

        Assert.InRange(auc, 0.7, 0.95);
    }

    [Fact]
    public void What_cannot_become_a_card_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Scorecard.Of(Product, [[1.0]], [true]));
        Assert.Throws<ArgumentException>(() => Scorecard.Of(Product, [.. Enumerable.Repeat(new double[2], 5)], [true, true]));
        Assert.Throws<ArgumentException>(() => Scorecard.Of(Product, Loans.Columns, Loans.Bad, new ScorecardOptions { Directions = [1] }));
        Assert.Throws<ArgumentException>(
            () => Scorecard.Of(Product, Loans.Columns, Loans.Bad, new ScorecardOptions { Scale = new PointScale(600, 0) }));
        Assert.Throws<ArgumentException>(
            () => Scorecard.Of(Product, Loans.Columns, Loans.Bad, new ScorecardOptions { Scale = new PointScale(600, 50, -20) }));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => Scorecard.Of(Product, Loans.Columns, Loans.Bad, cancellationToken: cancelled.Token));
    }
}
