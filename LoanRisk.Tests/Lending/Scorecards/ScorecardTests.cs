using System.Text.Json;
using LoanRisk.Benchmarks.Native;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Lending.Statistics;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Scorecards;

public sealed class ScorecardTests
{
    private static readonly LoanProduct Product = TinyLoan.Product;

    private static readonly (double[][] Columns, bool[] Bad) Loans = Draw(4000, 91);

    private static readonly Scorecard Card = Scorecard.Of(Product, Loans.Columns, Loans.Bad);

    [Fact]
    public void Points_raw_score_and_trees_say_the_same_of_every_row()
    {
        var trees = Card.ToTrees(Product);
        var read = TreeModel.Parse(trees.ToText());

        Assert.True(Card.Features.Count >= 4);
        foreach (var row in Rows(2000, 92))
        {
            var raw = Card.RawScore(row);
            Assert.Equal(raw, trees.PredictRaw(row), 1e-12);
            Assert.Equal(trees.PredictRaw(row), read.PredictRaw(row));
            Assert.Equal(raw, Card.Scale.RawScore(Card.Points(row)), 1e-12);
            Assert.Equal(Card.Scale.Points(raw), Card.Points(row), 1e-9);
        }
    }

    [Fact]
    public void Nominal_values_that_are_missing_have_a_leaf_of_their_own()
    {
        double[][] columns =
        [
            .. Loans.Columns.SkipLast(1), [.. Loans.Columns[4].Select((v, i) => Loans.Bad[i] && i % 3 == 0 ? double.NaN : v)],
        ];

        var card = Scorecard.Of(Product, columns, Loans.Bad);
        var trees = card.ToTrees(Product);

        var region = card.Features.Single(f => f.Name == "region");
        Assert.True(region.Binning.Bins[^1].Woe < region.Binning.Bins.SkipLast(1).Min(b => b.Woe));
        foreach (var row in Rows(500, 97))
        {
            Assert.Equal(card.RawScore(row), trees.PredictRaw(row), 1e-12);
        }
    }

    [Fact]
    public void The_trees_are_LightGBM_text_that_survives_reading_and_writing()
    {
        var text = Card.ToTrees(Product).ToText();
        var read = TreeModel.Parse(text);

        Assert.Equal(text, read.ToText());
        Assert.Equal(Product.FeatureNames, read.FeatureNames);
        Assert.Equal(Product.MonotoneDirections, read.MonotoneConstraints);
        Assert.All(read.Trees, t => Assert.Equal(4000, t.LeafCounts.Sum()));
        Assert.All(read.Trees, t => Assert.Equal(4000, t.InternalCount[0]));
        Assert.All(read.Trees, t => Assert.DoesNotContain(0, t.LeafCounts));
    }

    [Theory]
    [MemberData(nameof(LightGbm.Versions), MemberType = typeof(LightGbm))]
    public void LightGBM_itself_scores_and_explains_the_card_alike(string version)
    {
        var (trees, rows) = (Card.ToTrees(Product), Rows(300, 96).ToArray());
        using var native = NativeBooster.Load(LightGbm.Require(version), trees.ToText());
        var (raw, contributions, own) = (new double[300], new double[300 * 6], new double[6]);

        native.Predict([.. rows.SelectMany(r => r)], columns: 5, NativeKind.Raw, raw);
        native.Predict([.. rows.SelectMany(r => r)], columns: 5, NativeKind.Contribution, contributions);

        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(trees.PredictRaw(rows[i]), raw[i]);
            trees.Contributions(rows[i], own);
            Assert.All(own.Index(), c => Assert.Equal(c.Item, contributions[(i * 6) + c.Index], 1e-10));
        }
    }

    [Fact]
    public void Shap_values_are_each_attributes_distance_from_its_features_mean()
    {
        var trees = Card.ToTrees(Product);
        var contributions = new double[Product.Features.Count + 1];
        foreach (var row in Rows(200, 93))
        {
            trees.Contributions(row, contributions);

            foreach (var feature in Card.Features)
            {
                var mean = feature.Binning.Bins.Sum(b => b.Woe * b.Loans) / 4000;
                var woe = feature.Binning.Bins[feature.Binning.PlaceOf(row[feature.Place])].Woe;
                Assert.Equal(feature.Coefficient * (woe - mean), contributions[feature.Place], 1e-12);
            }

            Assert.Equal(Card.RawScore(row), contributions.Sum(), 1e-12);
        }
    }

    [Fact]
    public void The_fit_is_the_maximum_of_the_penalised_likelihood()
    {
        var residuals = Loans.Bad.Select((b, i) => (b ? 1 : 0) - LogOdds.ToProbability(Card.RawScore(Row(Loans.Columns, i)))).ToArray();

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
        var row = Row(Loans.Columns, 3);
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
    public void The_products_directions_are_proven_over_the_trees()
    {
        var proofs = MonotonicityProof.OfAll(Card.ToTrees(Product), Card.Directions);

        Assert.Equal(["amount", "owner"], proofs.Select(p => p.Feature));
        Assert.All(proofs, p => Assert.Equal((MonotonicityResult.Proven, 1), (p.Result, p.Trees)));
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
        Assert.Equal(Card.Points(Row(Loans.Columns, 5)), read.Points(Row(Loans.Columns, 5)));
    }

    [Fact]
    public void A_scorecard_ranks_loans_it_has_not_seen()
    {
        var (columns, bad) = Draw(3000, 95);

        var auc = Auc.Of([.. Enumerable.Range(0, 3000).Select(i => Card.RawScore(Row(columns, i)))], bad);

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

    // Amount, rate (some missing), owner, rating (some missing), region (3 is unseen).
    private static (double[][] Columns, bool[] Bad) Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, 5).Select(_ => new double[rows]).ToArray();
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            columns[0][i] = 100 + random.NextBelow(2900);
            columns[1][i] = random.NextBelow(8) == 0 ? double.NaN : 0.01 + (0.29 * random.NextDouble());
            columns[2][i] = random.NextBelow(2);
            columns[3][i] = random.NextBelow(9) == 0 ? double.NaN : random.NextBelow(3);
            columns[4][i] = random.NextBelow(3);
            var z = -3 + (columns[0][i] / 1000) + (double.IsNaN(columns[1][i]) ? 1 : 5 * columns[1][i]) - columns[2][i]
                + (columns[3][i] is 0 ? 0.8 : 0) + (columns[4][i] is 2 ? 0.7 : 0);
            bad[i] = random.NextDouble() < LogOdds.ToProbability(z);
        }

        return (columns, bad);
    }

    private static IEnumerable<double[]> Rows(int rows, int seed)
    {
        var (columns, _) = Draw(rows, seed);
        double[] odd = [-1e9, double.NaN, 0, 1e9, 7];
        var random = new SeededRandom(seed);
        for (var i = 0; i < rows; i++)
        {
            var row = Row(columns, i);
            row[random.NextBelow(4)] = odd[random.NextBelow(odd.Length)];
            row[4] = random.NextBelow(4) == 0 ? double.NaN : random.NextBelow(4);
            yield return row;
        }
    }

    private static double[] Row(double[][] columns, int row) => Array.ConvertAll(columns, c => c[row]);
}
