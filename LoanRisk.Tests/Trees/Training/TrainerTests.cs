using System.Globalization;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

public class TrainerTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Fact]
    public void Training_loss_falls_with_every_few_trees()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 1);
        TreeModel model = Trainer.Train(table, Quick).Model;
        double[] losses = [.. new[] { 1, 5, 10, 20, 30 }.Select(trees => MadeUpLoans.LogLoss(model, table, trees))];
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.True(losses[^1] < losses[0] - 0.1, $"only from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void The_first_tree_carries_the_base_rate()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 2);
        double rate = table.Labels.Average();
        Tree tree = Trainer.Train(table, Quick with { NumIterations = 1, LearningRate = 1e-9 }).Model.Trees[0];
        Assert.All(tree.LeafValue, value => Assert.Equal(Math.Log(rate / (1 - rate)), value, 1e-6));
        Tree bare = Trainer.Train(table, Quick with { NumIterations = 1, LearningRate = 1e-9, BoostFromAverage = false }).Model.Trees[0];
        Assert.All(bare.LeafValue, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_for_any_number_of_threads()
    {
        TrainingTable table = MadeUpLoans.Table(20000, seed: 3);
        var drawn = Quick with { NumIterations = 8, BaggingFraction = 0.7, BaggingFreq = 2, FeatureFraction = 0.7 };
        string one = Trainer.Train(table, drawn with { NumThreads = 1 }).Model.ToText();
        Assert.Equal(one, Trainer.Train(table, drawn with { NumThreads = 2 }).Model.ToText());
        Assert.Equal(one, Trainer.Train(table, drawn with { NumThreads = 3 }).Model.ToText());
        Assert.Equal(one, Trainer.Train(table, drawn).Model.ToText());
        Assert.NotEqual(one, Trainer.Train(table, drawn with { Seed = 8 }).Model.ToText());
    }

    [Fact]
    public void The_written_model_reads_back_and_scores_as_in_memory()
    {
        TrainingTable table = MadeUpLoans.Table(1500, seed: 4);
        TreeModel model = Trainer.Train(table, Quick).Model;
        TreeModel read = TreeModel.Parse(model.ToText());
        Assert.Equal(model.ToText(), read.ToText());
        for (int row = 0; row < 200; row++)
        {
            Assert.Equal(model.PredictRaw(MadeUpLoans.Row(table, row)), read.PredictRaw(MadeUpLoans.Row(table, row)));
        }
    }

    [Fact]
    public void Validation_scores_are_the_models_own()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 5);
        TrainingTable validation = MadeUpLoans.Table(800, seed: 6);
        TrainingResult result = Trainer.Train(table, Quick, validation);
        Assert.Equal(30, result.ValidationMetrics.Count);
        foreach (int trees in new[] { 1, 15, 30 })
        {
            Assert.Equal(MadeUpLoans.LogLoss(result.Model, validation, trees), result.ValidationMetrics[trees - 1], 1e-12);
        }
    }

    [Fact]
    public void Permuting_columns_changes_nothing_but_their_order()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 7);
        int[] order = [5, 3, 0, 4, 2, 1];
        var permuted = new TrainingTable([.. order.Select(c => table.FeatureNames[c])], [.. order.Select(c => table.Columns[c])], table.Labels, null, [Array.IndexOf(order, MadeUpLoans.Purpose)]);
        TreeModel first = Trainer.Train(table, Quick).Model;
        TreeModel second = Trainer.Train(permuted, Quick).Model;
        for (int tree = 0; tree < first.Trees.Length; tree++)
        {
            Assert.Equal(first.Trees[tree].SplitFeature, second.Trees[tree].SplitFeature.Select(feature => order[feature]));
            Assert.Equal(first.Trees[tree].Threshold, second.Trees[tree].Threshold);
            Assert.Equal(first.Trees[tree].LeafValue, second.Trees[tree].LeafValue);
        }
    }

    [Fact]
    public void Permuting_rows_changes_scores_by_rounding_only()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 8);
        int[] order = [.. Enumerable.Range(0, table.RowCount)];
        new Random(9).Shuffle(order);
        TreeModel first = Trainer.Train(table, Quick with { NumIterations = 5 }).Model;
        TreeModel second = Trainer.Train(MadeUpLoans.Select(table, order), Quick with { NumIterations = 5 }).Model;
        for (int row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(first.PredictRaw(MadeUpLoans.Row(table, row)), second.PredictRaw(MadeUpLoans.Row(table, row)), 1e-5);
        }
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice()
    {
        TrainingTable table = MadeUpLoans.Table(1200, seed: 10);
        // Rows are estimated from hessians, so the limits here are on hessians alone; every bin holds one value either way.
        var parameters = Quick with { NumIterations = 10, MinDataInLeaf = 0, MinSumHessianInLeaf = 3, MinDataInBin = 1, MinDataPerGroup = 1, CatSmooth = 0, FeaturePreFilter = false };
        TrainingTable coarse = Coarse(table);
        int[] twice = [.. Enumerable.Range(0, table.RowCount).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 2)))];
        float[] weights = [.. Enumerable.Range(0, table.RowCount).Select(row => 1f + (row % 2))];
        TreeModel duplicated = Trainer.Train(MadeUpLoans.Select(coarse, twice), parameters).Model;
        TreeModel weighted = Trainer.Train(MadeUpLoans.Select(coarse, [.. Enumerable.Range(0, table.RowCount)], weights), parameters).Model;
        TreeModel plain = Trainer.Train(coarse, parameters).Model;
        double difference = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(duplicated.PredictRaw(MadeUpLoans.Row(coarse, row)), weighted.PredictRaw(MadeUpLoans.Row(coarse, row)), 1e-4);
            difference = Math.Max(difference, Math.Abs(plain.PredictRaw(MadeUpLoans.Row(coarse, row)) - weighted.PredictRaw(MadeUpLoans.Row(coarse, row))));
        }

        Assert.True(difference > 0.01, "weights made no difference");
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public void Monotone_constraints_hold_over_random_points(int rateDirection, int incomeDirection)
    {
        TrainingTable table = MadeUpLoans.Table(3000, seed: 11);
        var parameters = Quick with { NumIterations = 40, MonotoneConstraints = [rateDirection, incomeDirection, 0, 1, 0, 0] };
        TreeModel model = Trainer.Train(table, parameters).Model;
        Assert.Equal([rateDirection, incomeDirection, 0, 1, 0, 0], model.MonotoneConstraints);
        var random = new Random(12);
        for (int i = 0; i < 3000; i++)
        {
            double[] low = MadeUpLoans.Row(table, random.Next(table.RowCount));
            int feature = random.Next(3) switch { 0 => 0, 1 => 1, _ => 3 };
            double[] high = [.. low];
            high[feature] += random.NextDouble() * (feature == 1 ? 40000 : feature == 0 ? 0.2 : 4);
            double rise = (model.PredictRaw(high) - model.PredictRaw(low)) * parameters.MonotoneConstraints[feature];
            Assert.True(rise >= -1e-12, $"point {i}, feature {feature}: moves by {rise} against its direction");
        }
    }

    [Fact]
    public void Without_constraints_the_same_points_break_the_directions()
    {
        TrainingTable table = MadeUpLoans.Table(3000, seed: 11);
        TreeModel model = Trainer.Train(table, Quick with { NumIterations = 40 }).Model;
        var random = new Random(12);
        int broken = 0;
        for (int i = 0; i < 500; i++)
        {
            double[] low = MadeUpLoans.Row(table, random.Next(table.RowCount));
            double[] high = [.. low];
            high[0] += random.NextDouble() * 0.2;
            broken += model.PredictRaw(high) < model.PredictRaw(low) - 1e-12 ? 1 : 0;
        }

        Assert.True(broken > 0, "the data would keep the direction by itself, so the constrained test proves nothing");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_side_of_missing_values_is_learned(bool missingIsBad)
    {
        var random = new Random(13);
        double[] column = [.. Enumerable.Range(0, 2000).Select(i => i % 4 == 0 ? double.NaN : random.NextDouble())];
        float[] labels = [.. column.Select(v => (double.IsNaN(v) ? missingIsBad : v > 0.6) ? 1f : 0f)];
        TreeModel model = Trainer.Train(new TrainingTable(["x"], [column], labels), Quick).Model;
        Assert.Equal(MissingType.NaN, model.Trees[0].DecisionType[0].Missing);
        Assert.Equal(!missingIsBad, model.Trees[0].DecisionType[0].DefaultLeft);
        Assert.Equal(missingIsBad ? 1 : 0, model.Predict([double.NaN]), 0.1);
        Assert.Equal(1, model.Predict([0.9]), 0.1);
        Assert.Equal(0, model.Predict([0.1]), 0.1);
    }

    [Fact]
    public void Zero_as_missing_sends_zeros_and_nan_the_same_way()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 14);
        TreeModel model = Trainer.Train(table, Quick with { ZeroAsMissing = true }).Model;
        Assert.Contains(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing == MissingType.Zero);
        Assert.DoesNotContain(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing == MissingType.NaN && !d.IsCategorical);
        double[] zero = MadeUpLoans.Row(table, 0);
        double[] missing = [.. zero];
        zero[3] = 0;
        missing[3] = double.NaN;
        Assert.Equal(model.PredictRaw(zero), model.PredictRaw(missing));
    }

    [Fact]
    public void Use_missing_off_reads_nan_as_zero()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 15);
        TreeModel model = Trainer.Train(table, Quick with { UseMissing = false }).Model;
        double[] zero = MadeUpLoans.Row(table, 0);
        double[] missing = [.. zero];
        zero[2] = 0;
        missing[2] = double.NaN;
        Assert.Equal(model.PredictRaw(zero), model.PredictRaw(missing));
        Assert.DoesNotContain(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing != MissingType.None && !d.IsCategorical);
    }

    [Fact]
    public void Limits_on_depth_leaves_rows_and_gain_hold()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 16);
        Assert.All(Trainer.Train(table, Quick with { NumLeaves = 5 }).Model.Trees, tree => Assert.InRange(tree.LeafCount, 2, 5));
        Assert.All(Trainer.Train(table, Quick with { MaxDepth = 2 }).Model.Trees, tree => Assert.InRange(tree.LeafCount, 2, 4));
        Assert.All(Trainer.Train(table, Quick with { MinSumHessianInLeaf = 20 }).Model.Trees, tree => Assert.All(tree.LeafWeight, weight => Assert.True(weight >= 20 - 1e-9)));
        Assert.All(Trainer.Train(table, Quick with { MinGainToSplit = 5 }).Model.Trees, tree => Assert.All(tree.SplitGain, gain => Assert.True(gain >= 5)));
        Assert.All(Trainer.Train(table, Quick with { NumIterations = 1, MinDataInLeaf = 200 }).Model.Trees, tree => Assert.All(tree.LeafCounts, rows => Assert.True(rows >= 200)));
        Assert.All(Trainer.Train(table, Quick with { MaxDeltaStep = 0.3, LearningRate = 1, BoostFromAverage = false }).Model.Trees, tree => Assert.All(tree.LeafValue, value => Assert.InRange(value, -0.3, 0.3)));
    }

    [Theory]
    [InlineData("lambda_l1", "20")]
    [InlineData("lambda_l2", "50")]
    [InlineData("path_smooth", "50")]
    public void Regularization_pulls_outputs_toward_zero(string name, string value)
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 17);
        double Spread(string v) => Trainer.Train(table, TrainingParameters.Parse([new("num_iterations", "1"), new("boost_from_average", "false"), new("num_leaves", "8"), new(name, v)])).Model.Trees[0].LeafValue.Sum(Math.Abs);
        Assert.True(Spread(value) < Spread("0") * 0.95, name);
    }

    [Fact]
    public void Leaf_and_node_figures_fit_together()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 18);
        foreach (Tree tree in Trainer.Train(table, Quick).Model.Trees)
        {
            Assert.Equal(2000, tree.InternalCount[0]);
            Assert.Equal(2000, tree.LeafCounts.Sum());
            Assert.Equal(tree.InternalWeight[0], tree.LeafWeight.Sum(), 1e-9);
            for (int node = 0; node < tree.NodeCount; node++)
            {
                Assert.Equal(tree.InternalCount[node], Count(tree, tree.LeftChild[node]) + Count(tree, tree.RightChild[node]));
            }
        }
    }

    [Fact]
    public void Scale_pos_weight_and_is_unbalance_raise_probabilities()
    {
        TrainingTable table = MadeUpLoans.Table(3000, seed: 19);
        double negatives = table.Labels.Count(label => label == 0);
        double positives = table.Labels.Length - negatives;
        Assert.True(positives < negatives);
        var parameters = Quick with { NumIterations = 60 };
        double plain = MeanProbability(parameters);
        Assert.Equal(positives / 3000, plain, 0.02);
        Assert.Equal(0.5, MeanProbability(parameters with { IsUnbalance = true }), 0.06);
        Assert.Equal(MeanProbability(parameters with { IsUnbalance = true }), MeanProbability(parameters with { ScalePosWeight = negatives / positives }), 1e-9);
        Assert.True(MeanProbability(parameters with { ScalePosWeight = 0.2 }) < plain - 0.05);

        double MeanProbability(TrainingParameters p)
        {
            TreeModel model = Trainer.Train(table, p).Model;
            return Enumerable.Range(0, table.RowCount).Average(row => model.Predict(MadeUpLoans.Row(table, row)));
        }
    }

    [Fact]
    public void The_sigmoid_is_written_and_used()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 20);
        TreeModel model = Trainer.Train(table, Quick with { Sigmoid = 2 }).Model;
        Assert.Equal("binary sigmoid:2", model.Objective);
        Assert.Equal(table.Labels.Average(), Enumerable.Range(0, 2000).Average(row => model.Predict(MadeUpLoans.Row(table, row))), 0.03);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_iteration()
    {
        TrainingTable table = MadeUpLoans.Table(600, seed: 21);
        TrainingTable validation = MadeUpLoans.Table(600, seed: 22);
        foreach (TrainingMetric metric in Enum.GetValues<TrainingMetric>())
        {
            var parameters = Quick with { NumIterations = 400, LearningRate = 0.3, EarlyStoppingRound = 10, Metric = metric };
            TrainingResult result = Trainer.Train(table, parameters, validation);
            double best = metric == TrainingMetric.Auc ? result.ValidationMetrics.Max() : result.ValidationMetrics.Min();
            Assert.Equal(best, result.ValidationMetrics[result.BestIteration - 1]);
            Assert.Equal(result.BestIteration, result.Model.Trees.Length);
            Assert.Equal(result.BestIteration + 10, result.ValidationMetrics.Count);
            TreeModel again = Trainer.Train(table, parameters with { NumIterations = result.BestIteration, EarlyStoppingRound = 0 }, validation).Model;
            Assert.Equal(again.Trees[^1].LeafValue, result.Model.Trees[^1].LeafValue);
        }
    }

    [Fact]
    public void Bagging_grows_each_tree_on_a_part_of_the_rows_and_redraws_when_told()
    {
        TrainingTable table = MadeUpLoans.Table(5000, seed: 23);
        long[] rows = [.. Trainer.Train(table, Quick with { NumIterations = 6, BaggingFraction = 0.5, BaggingFreq = 3 }).Model.Trees.Select(tree => tree.InternalCount[0])];
        Assert.All(rows, count => Assert.InRange(count, 2300, 2700));
        Assert.Equal(rows[0], rows[2]);
        Assert.NotEqual(rows[2], rows[3]);
        long balanced = Trainer.Train(table, Quick with { NumIterations = 1, NegBaggingFraction = 0.1, BaggingFreq = 1 }).Model.Trees[0].InternalCount[0];
        double positives = table.Labels.Count(label => label > 0);
        Assert.InRange(balanced, positives + ((5000 - positives) * 0.07), positives + ((5000 - positives) * 0.13));
    }

    [Fact]
    public void Feature_fraction_draws_features_anew_for_each_tree()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 24);
        int[][] used = [.. Trainer.Train(table, Quick with { FeatureFraction = 0.34 }).Model.Trees.Select(tree => tree.SplitFeature.Distinct().ToArray())];
        Assert.All(used, features => Assert.InRange(features.Length, 1, 2));
        Assert.True(used.SelectMany(features => features).Distinct().Count() >= 5);
    }

    [Fact]
    public void Progress_is_told_after_each_iteration_and_cancelling_stops()
    {
        TrainingTable table = MadeUpLoans.Table(2000, seed: 25);
        using var stop = new CancellationTokenSource();
        var told = new List<TrainingProgress>();
        var progress = new Told(p =>
        {
            told.Add(p);
            if (p.Iteration == 3)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Trainer.Train(table, Quick, MadeUpLoans.Table(100, seed: 26), progress, stop.Token));
        Assert.Equal([1, 2, 3], told.Select(p => p.Iteration));
        Assert.All(told, p => Assert.True(p.TotalIterations == 30 && p.ValidationMetric is > 0));
    }

    [Fact]
    public void One_class_gives_a_constant_near_certainty()
    {
        double[] column = [1, 2, 3, 4];
        Assert.InRange(Trainer.Train(new TrainingTable(["x"], [column], [1, 1, 1, 1]), Quick).Model.Predict([2]), 0.999999, 1);
        Assert.InRange(Trainer.Train(new TrainingTable(["x"], [column], [0, 0, 0, 0]), Quick).Model.Predict([2]), 0, 0.000001);
    }

    [Fact]
    public void Columns_that_cannot_be_split_give_the_base_rate()
    {
        double[] constant = [.. Enumerable.Repeat(3.0, 100)];
        double[] missing = [.. Enumerable.Repeat(double.NaN, 100)];
        float[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 25 ? 1f : 0f)];
        TreeModel model = Trainer.Train(new TrainingTable(["a", "b", "c"], [constant, missing, missing], labels, null, [2]), Quick).Model;
        Assert.Equal(["none", "none", "none"], model.FeatureInfos);
        Assert.Equal(1, Assert.Single(model.Trees).LeafCount);
        Assert.Equal(0.25, model.Predict([3, double.NaN, 1]), 1e-12);
        Assert.Equal(model.ToText(), TreeModel.Parse(model.ToText()).ToText());
    }

    [Fact]
    public void Infinite_values_are_values()
    {
        double[] column = [.. Enumerable.Range(0, 300).Select(i => (i % 3) switch { 0 => double.NegativeInfinity, 1 => i, _ => double.PositiveInfinity })];
        float[] labels = [.. column.Select(v => double.IsPositiveInfinity(v) ? 1f : 0f)];
        TreeModel model = Trainer.Train(new TrainingTable(["x"], [column], labels), Quick).Model;
        Assert.Equal(1, model.Predict([double.PositiveInfinity]), 0.1);
        Assert.Equal(0, model.Predict([100]), 0.1);
        Assert.Equal(0, model.Predict([double.NegativeInfinity]), 0.1);
        Assert.Equal(model.ToText(), TreeModel.Parse(model.ToText()).ToText());
    }

    [Fact]
    public void One_row_gives_a_constant()
    {
        Assert.Single(Trainer.Train(new TrainingTable(["x"], [[1.0]], [1f]), Quick).Model.Trees);
    }

    [Fact]
    public void Training_stops_when_no_tree_can_split_any_more()
    {
        double[] column = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))];
        float[] labels = [.. column.Select(v => (float)v)];
        TreeModel model = Trainer.Train(new TrainingTable(["x"], [column], labels), Quick with { NumIterations = 500, LearningRate = 1, MinSumHessianInLeaf = 1 }).Model;
        Assert.InRange(model.Trees.Length, 2, 20);
        Assert.All(model.Trees, tree => Assert.Equal(2, tree.LeafCount));
    }

    [Fact]
    public void Tables_and_parameters_that_do_not_fit_are_refused()
    {
        TrainingTable table = MadeUpLoans.Table(100, seed: 27);
        Refused("monotone_constraints", () => Trainer.Train(table, Quick with { MonotoneConstraints = [1] }));
        Refused("purpose", () => Trainer.Train(table, Quick with { MonotoneConstraints = [0, 0, 0, 0, 1, 0] }));
        Refused("early_stopping_round", () => Trainer.Train(table, Quick with { EarlyStoppingRound = 5 }));
        Refused("columns", () => Trainer.Train(table, Quick, new TrainingTable(["other"], [[1.0]], [1f])));
        Refused("one class", () => Trainer.Train(table, Quick with { Metric = TrainingMetric.Auc }, MadeUpLoans.Select(table, [Array.IndexOf(table.Labels, 1f)])));
        Refused("1000001", () => Trainer.Train(new TrainingTable(["zip"], [[.. Enumerable.Repeat(1000001.0, 50), .. Enumerable.Repeat(1.0, 50)]], table.Labels, null, [0]), Quick));

        static void Refused(string names, Action train) => Assert.Contains(names, Assert.Throws<ArgumentException>(train).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_text_holds_the_parameters()
    {
        string text = Trainer.Train(MadeUpLoans.Table(300, seed: 28), Quick with { LambdaL2 = 2.5, NumThreads = 2 }).Model.ToText();
        Assert.Contains("[lambda_l2: 2.5]\n", text, StringComparison.Ordinal);
        Assert.Contains("[seed: 7]\n", text, StringComparison.Ordinal);
        Assert.Contains("[objective: binary]\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("num_threads", text, StringComparison.Ordinal);
    }

    private static long Count(Tree tree, int child) => child >= 0 ? tree.InternalCount[child] : tree.LeafCounts[~child];

    // Few distinct values a column, so that doubling rows cannot move a bin's bounds.
    private static TrainingTable Coarse(TrainingTable table) => new(
        table.FeatureNames,
        [.. table.Columns.Select((column, c) => column.Select(v => c == 1 ? Math.Round(Math.Log(v), 1) : c == 0 ? Math.Round(v, 2) : Math.Round(v)).ToArray())],
        table.Labels, null, [MadeUpLoans.Purpose]);

    private sealed class Told(Action<TrainingProgress> listener) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener(value);
    }
}
