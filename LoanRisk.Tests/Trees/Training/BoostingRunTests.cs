using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>What happens from iteration to iteration.</summary>
public class BoostingRunTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Fact]
    public void Early_stopping_keeps_the_best_iteration()
    {
        var table = SyntheticLoans.Table(600, seed: 21);
        var validation = SyntheticLoans.Table(600, seed: 22);
        foreach (var metric in new[] { TrainingMetric.BinaryLogLoss, TrainingMetric.Auc, TrainingMetric.Rmse })
        {
            var parameters = Quick with { NumIterations = 400, LearningRate = 0.3, EarlyStoppingRound = 10, Metric = metric };
            var result = Trainer.Train(table, parameters, validation);
            var best = metric == TrainingMetric.Auc ? result.ValidationMetrics.Max() : result.ValidationMetrics.Min();
            Assert.Equal(best, result.ValidationMetrics[result.BestIteration - 1]);
            Assert.Equal(result.BestIteration, result.Model.Trees.Length);
            Assert.Equal(result.BestIteration + 10, result.ValidationMetrics.Count);
            var again = Trainer.Train(table,
                parameters with { NumIterations = result.BestIteration, EarlyStoppingRound = 0 }, validation).Model;
            Assert.Equal(again.Trees[^1].LeafValue, result.Model.Trees[^1].LeafValue);
        }
    }

    [Fact]
    public void Bagging_grows_each_tree_on_a_part_of_the_rows_and_redraws_when_told()
    {
        var table = SyntheticLoans.Table(5000, seed: 23);
        long[] rows = [.. Trainer.Train(table,
            Quick with { NumIterations = 6, BaggingFraction = 0.5, BaggingFreq = 3 }).Model.Trees.Select(tree => tree.InternalCount[0])];
        Assert.All(rows, count => Assert.InRange(count, 2300, 2700));
        Assert.Equal(rows[0], rows[2]);
        Assert.NotEqual(rows[2], rows[3]);
        var balanced = Trainer.Train(table,
            Quick with { NumIterations = 1, NegBaggingFraction = 0.1, BaggingFreq = 1 }).Model.Trees[0].InternalCount[0];
        double positives = table.Labels.Count(label => label > 0);
        Assert.InRange(balanced, positives + ((5000 - positives) * 0.07), positives + ((5000 - positives) * 0.13));
    }

    [Fact]
    public void Feature_fraction_draws_features_anew_for_each_tree()
    {
        var table = SyntheticLoans.Table(2000, seed: 24);
        int[][] used = [.. Trainer.Train(table,
            Quick with { FeatureFraction = 0.34 }).Model.Trees.Select(tree => tree.SplitFeature.Distinct().ToArray())];
        Assert.All(used, features => Assert.InRange(features.Length, 1, 2));
        Assert.True(used.SelectMany(features => features).Distinct().Count() >= 5);
    }

    [Fact]
    public void Progress_is_told_after_each_iteration_and_cancelling_stops()
    {
        var table = SyntheticLoans.Table(2000, seed: 25);
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
        Assert.ThrowsAny<OperationCanceledException>(
            () => Trainer.Train(table, Quick, SyntheticLoans.Table(100, seed: 26), progress, stop.Token));
        Assert.Equal([1, 2, 3], told.Select(p => p.Iteration));
        Assert.All(told, p => Assert.True(p.TotalIterations == 30 && p.ValidationMetric is > 0));
    }

    [Fact]
    public void Training_stops_when_no_tree_can_split_any_more()
    {
        double[] column = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))];
        float[] labels = [.. column.Select(v => (float)v)];
        var model = Trainer.Train(new TrainingTable(["x"], [column], labels),
            Quick with { NumIterations = 500, LearningRate = 1, MinSumHessianInLeaf = 1 }).Model;
        Assert.InRange(model.Trees.Length, 2, 20);
        Assert.All(model.Trees, tree => Assert.Equal(2, tree.LeafCount));
    }

    private sealed class Told(Action<TrainingProgress> listener) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener(value);
    }
}
