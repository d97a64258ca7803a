using LoanRisk.Benchmarks.Native;
using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Scorecards;

/// <summary>A scorecard as trees, which serve in its place.</summary>
public sealed class ScorecardTreesTests
{
    private static readonly LoanProduct Product = TinyLoan.Product;

    private static readonly (double[][] Columns, bool[] Bad) Loans = DrawnLoans.Draw(4000, 91);

    private static readonly Scorecard Card = Scorecard.Of(Product, Loans.Columns, Loans.Bad);

    [Fact]
    public void Points_raw_score_and_trees_say_the_same_of_every_row()
    {
        var trees = Card.ToTrees(Product);
        var read = TreeModel.Parse(trees.ToText());

        Assert.True(Card.Features.Count >= 4);
        foreach (var row in DrawnLoans.Rows(2000, 92))
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
        foreach (var row in DrawnLoans.Rows(500, 97))
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
        var (trees, rows) = (Card.ToTrees(Product), DrawnLoans.Rows(300, 96).ToArray());
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
        foreach (var row in DrawnLoans.Rows(200, 93))
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
    public void The_products_directions_are_proven_over_the_trees()
    {
        var proofs = MonotonicityProof.OfAll(Card.ToTrees(Product), Card.Directions);

        Assert.Equal(["amount", "owner"], proofs.Select(p => p.Feature));
        Assert.All(proofs, p => Assert.Equal((MonotonicityResult.Proven, 1), (p.Result, p.Trees)));
    }
}
