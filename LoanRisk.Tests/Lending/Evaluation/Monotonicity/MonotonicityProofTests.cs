using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Lending.Evaluation.Monotonicity;

public sealed class MonotonicityProofTests
{
    [Fact]
    public void A_rising_stump_rises_and_does_not_fall()
    {
        var rising = MonotonicityProof.Of(TinyModel.Trees, 0, 1);
        var falling = MonotonicityProof.Of(TinyModel.Trees, 0, -1);

        Assert.Equal((MonotonicityResult.Proven, 1, 0, "amount"), (rising.Result, rising.Trees, rising.BreakingTrees, rising.Feature));
        Assert.Null(rising.CounterExample);
        Assert.Equal((MonotonicityResult.Violated, 1), (falling.Result, falling.BreakingTrees));
        Assert.Equal(2, falling.CounterExample!.By, 1e-12);
        Assert.True(falling.CounterExample.LowerRow[0] <= 1000 && falling.CounterExample.HigherRow[0] > 1000);
    }

    [Fact]
    public void Missing_values_have_no_place_in_the_order()
    {
        // rate: low and missing -0.2, above 0.1 0.4; the missing side would break either direction.
        Assert.Equal(MonotonicityResult.Proven, MonotonicityProof.Of(TinyModel.Trees, 1, 1).Result);
    }

    [Fact]
    public void A_feature_that_no_tree_splits_on_keeps_every_direction()
    {
        var model = Model([Split(0, 1.0, -1, 1)], features: 2);

        Assert.Equal((MonotonicityResult.Proven, 0), (MonotonicityProof.Of(model, 1, -1).Result, MonotonicityProof.Of(model, 1, -1).Trees));
    }

    [Fact]
    public void Leaves_that_no_common_row_reaches_break_nothing()
    {
        // x <= 0: 1; x > 0 and y <= 0: 2; else 0. For y > 0 the score falls from 1 to 0 with x; only there.
        var falls = Model([Chain(leafWhenBothAbove: 0)], features: 2);
        var keeps = Model([Chain(leafWhenBothAbove: 1.5)], features: 2);

        var proof = MonotonicityProof.Of(falls, 0, 1);

        Assert.Equal(1, proof.CounterExample!.By);
        Assert.True(proof.CounterExample.LowerRow[1] > 0);
        Assert.Equal(MonotonicityResult.Proven, MonotonicityProof.Of(keeps, 0, 1).Result);
    }

    [Fact]
    public void A_tree_that_others_outweigh_leaves_it_undecided()
    {
        // The second rises by 5 exactly where the first falls by 1.
        var model = Model([Split(0, 1.0, 1, 0), Split(0, 1.0, 0, 5)], features: 1);

        var proof = MonotonicityProof.Of(model, 0, 1);

        Assert.Equal((MonotonicityResult.Undecided, 2, 1), (proof.Result, proof.Trees, proof.BreakingTrees));
        Assert.Null(proof.CounterExample);
    }

    [Fact]
    public void A_break_that_needs_another_tree_aside_is_found()
    {
        // The second tree outweighs the first where y <= 0, and leaves it alone above.
        var model = Model([Split(0, 1.0, 1, 0), Chain2()], features: 2);

        var proof = MonotonicityProof.Of(model, 0, 1);

        Assert.Equal(MonotonicityResult.Violated, proof.Result);
        Assert.Equal(1, proof.CounterExample!.By, 1e-12);
        Assert.True(proof.CounterExample.LowerRow[1] > 0);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NegativeInfinity)]
    public void Thresholds_beyond_all_numbers_part_none(double threshold)
    {
        var model = Model([Split(0, threshold, -1, 1)], features: 1);

        Assert.Equal(MonotonicityResult.Proven, MonotonicityProof.Of(model, 0, -1).Result);
        Assert.Equal(MonotonicityResult.Proven, MonotonicityProof.Of(model, 0, 1).Result);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, -1)]
    public void A_proof_of_one_tree_agrees_with_trying_every_row_that_matters(int seed, int direction)
    {
        var random = new Random(seed);
        var (proven, violated) = (0, 0);
        for (var i = 0; i < 150; i++)
        {
            var model = Sorted(RandomModel.Of(random, trees: 1, leaves: 2 + random.Next(5), features: 2), random);
            var truth = LargestBreak(model, 0, direction);

            var proof = MonotonicityProof.Of(model, 0, direction);

            Assert.Equal(truth > 0 ? MonotonicityResult.Violated : MonotonicityResult.Proven, proof.Result);
            Assert.Equal(truth, proof.CounterExample?.By ?? 0, 1e-12);
            (proven, violated) = truth > 0 ? (proven, violated + 1) : (proven + 1, violated);
        }

        Assert.True(proven > 10 && violated > 10, $"{proven} proven and {violated} violated (seed {seed}): both must be tried");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_counter_example_recomputes_and_differs_in_one_feature(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40; i++)
        {
            var model = RandomModel.Of(random, trees: 6, leaves: 8, features: 4);
            var proof = MonotonicityProof.Of(model, 2, -1);
            if (proof.CounterExample is not { } example)
            {
                Assert.NotEqual(MonotonicityResult.Violated, proof.Result);
                continue;
            }

            Assert.Equal(
                (example.LowerScore, example.HigherScore),
                (model.PredictRaw([.. example.LowerRow]), model.PredictRaw([.. example.HigherRow])));
            Assert.True(example.LowerRow[2] < example.HigherRow[2] && example.HigherScore > example.LowerScore);
            Assert.All([0, 1, 3], f => Assert.Equal(example.LowerRow[f], example.HigherRow[f]));
        }
    }

    [Fact]
    public void A_model_that_LightGBM_grew_with_directions_is_proven_in_each_and_refuted_against_it()
    {
        var model = TreeModel.Parse(
            File.ReadAllText(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_monotone", "model.txt")));

        var proofs = MonotonicityProof.OfAll(model, model.MonotoneConstraints);

        Assert.NotEmpty(proofs);
        Assert.All(proofs, p => Assert.Equal((MonotonicityResult.Proven, 0), (p.Result, p.BreakingTrees)));
        var against = MonotonicityProof.OfAll(model, [.. model.MonotoneConstraints.Select(d => -d)]);
        Assert.All(against.Where(p => p.Trees > 0), p => Assert.Equal(MonotonicityResult.Violated, p.Result));
    }

    [Fact]
    public void The_shipped_champion_keeps_all_the_directions_it_was_trained_with()
    {
        var text = File.ReadAllText(Path.Combine(SharedFolder.Checkout, "products", "peerloan", "champion", PackageFiles.Model));
        var model = TreeModel.Parse(text);

        Assert.All(MonotonicityProof.OfAll(model, model.MonotoneConstraints), p => Assert.Equal(MonotonicityResult.Proven, p.Result));
    }

    [Fact]
    public void What_cannot_be_proven_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MonotonicityProof.Of(TinyModel.Trees, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonotonicityProof.Of(TinyModel.Trees, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MonotonicityProof.Of(TinyModel.Trees, 0, 0));
        Assert.Throws<ArgumentException>(() => MonotonicityProof.OfAll(TinyModel.Trees, [1, 0]));
    }

    // The largest break over values at, just below and just above every threshold, around zero, and of every category.
    private static double LargestBreak(TreeModel model, int feature, int direction)
    {
        var (of, others) = (ValuesToTry(model, feature), ValuesToTry(model, 1 - feature).Append(double.NaN));
        var largest = 0.0;
        foreach (var other in others)
        {
            var peak = double.NegativeInfinity;
            foreach (var value in of)
            {
                var score = direction * model.PredictRaw(feature == 0 ? [value, other] : [other, value]);
                (largest, peak) = (Math.Max(largest, peak - score), Math.Max(peak, score));
            }
        }

        return largest;
    }

    private static double[] ValuesToTry(TreeModel model, int feature)
    {
        double[] around =
        [
            -1e300,
            -1,
            -0.5,
            Math.BitDecrement(-NodeDecision.ZeroReach),
            -1e-36,
            0,
            1e-36,
            Math.BitIncrement(NodeDecision.ZeroReach),
            1e300,
        ];
        var thresholds = model.Trees.SelectMany(
            t => Enumerable.Range(0, t.NodeCount)
                .Where(n => t.SplitFeature[n] == feature && !t.DecisionType[n].IsCategorical)
                .Select(n => t.Threshold[n]));
        return
        [
            .. around.Concat(thresholds.SelectMany(t => new[] { Math.BitDecrement(t), t, Math.BitIncrement(t) }))
            .Concat(Enumerable.Range(0, 34).Select(c => (double)c))
            .Concat([1.5, 31.5])
            .Distinct()
            .Order(),
        ];
    }

    // Random leaf values are nearly never in order; few different ones often are.
    private static TreeModel Sorted(TreeModel model, Random random) => new()
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = model.FeatureInfos,
        Trees = [.. model.Trees.Select(t => t with { LeafValue = [.. t.LeafValue.Select(_ => random.Next(2) / 4.0)] })],
    };

    private static TreeModel Model(Tree[] trees, int features) => new()
    {
        Objective = "regression",
        FeatureNames = [.. Enumerable.Range(0, features).Select(i => $"f{i}")],
        FeatureInfos = [.. Enumerable.Repeat("none", features)],
        Trees = [.. trees],
    };

    private static Tree Split(int feature, double threshold, double left, double right) => new()
    {
        SplitFeature = [feature], Threshold = [threshold], DecisionType = [default], LeftChild = [~0], RightChild = [~1],
        LeafValue = [left, right],
    };

    private static Tree Chain(double leafWhenBothAbove) => new()
    {
        SplitFeature = [0, 1], Threshold = [0, 0], DecisionType = [default, default],
        LeftChild = [~0, ~1], RightChild = [1, ~2], LeafValue = [1, 2, leafWhenBothAbove],
    };

    // y > 0: 0; else x <= 1: 0, above: 5.
    private static Tree Chain2() => new()
    {
        SplitFeature = [1, 0], Threshold = [0, 1], DecisionType = [default, default],
        LeftChild = [1, ~0], RightChild = [~2, ~1], LeafValue = [0, 5, 0],
    };
}
