using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>What limits and penalties do to trees.</summary>
[Slow]
public class GrowthLimitTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Fact]
    public void Limits_on_depth_leaves_rows_and_gain_hold()
    {
        var table = SyntheticLoans.Table(2000, seed: 16);
        Assert.All(Trainer.Train(table, Quick with { NumLeaves = 5 }).Model.Trees, tree => Assert.InRange(tree.LeafCount, 2, 5));
        Assert.All(Trainer.Train(table, Quick with { MaxDepth = 2 }).Model.Trees, tree => Assert.InRange(tree.LeafCount, 2, 4));
        Assert.All(Trainer.Train(table, Quick with { MinSumHessianInLeaf = 20 }).Model.Trees,
            tree => Assert.All(tree.LeafWeight, weight => Assert.True(weight >= 20 - 1e-9)));
        Assert.All(Trainer.Train(table, Quick with { MinGainToSplit = 5 }).Model.Trees,
            tree => Assert.All(tree.SplitGain, gain => Assert.True(gain >= 5)));
        Assert.All(Trainer.Train(table, Quick with { NumIterations = 1, MinDataInLeaf = 200 }).Model.Trees,
            tree => Assert.All(tree.LeafCounts, rows => Assert.True(rows >= 200)));
        Assert.All(Trainer.Train(table, Quick with { MaxDeltaStep = 0.3, LearningRate = 1, BoostFromAverage = false }).Model.Trees,
            tree => Assert.All(tree.LeafValue, value => Assert.InRange(value, -0.3, 0.3)));
    }

    [Theory]
    [InlineData("lambda_l1", "20")]
    [InlineData("lambda_l2", "50")]
    [InlineData("path_smooth", "50")]
    public void Regularization_pulls_outputs_toward_zero(string name, string value)
    {
        var table = SyntheticLoans.Table(2000, seed: 17);
        Assert.True(Spread(value) < Spread("0") * 0.95, name);

        double Spread(string v)
        {
            var parameters = TrainingParameters.Parse(
                [new("num_iterations", "1"), new("boost_from_average", "false"), new("num_leaves", "8"), new(name, v)]);
            return Trainer.Train(table, parameters).Model.Trees[0].LeafValue.Sum(Math.Abs);
        }
    }

    [Fact]
    public void Leaf_and_node_figures_fit_together()
    {
        var table = SyntheticLoans.Table(2000, seed: 18);
        foreach (var tree in Trainer.Train(table, Quick).Model.Trees)
        {
            Assert.Equal(2000, tree.InternalCount[0]);
            Assert.Equal(2000, tree.LeafCounts.Sum());
            Assert.Equal(tree.InternalWeight[0], tree.LeafWeight.Sum(), 1e-9);
            for (var node = 0; node < tree.NodeCount; node++)
            {
                Assert.Equal(tree.InternalCount[node], Count(tree, tree.LeftChild[node]) + Count(tree, tree.RightChild[node]));
            }
        }
    }

    [Fact]
    public void Scale_pos_weight_and_is_unbalance_raise_probabilities()
    {
        var table = SyntheticLoans.Table(3000, seed: 19);
        double negatives = table.Labels.Count(label => label == 0);
        var positives = table.Labels.Length - negatives;
        Assert.True(positives < negatives);
        var parameters = Quick with { NumIterations = 60 };
        var plain = MeanProbability(parameters);
        Assert.Equal(positives / 3000, plain, 0.02);
        Assert.Equal(0.5, MeanProbability(parameters with { IsUnbalance = true }), 0.06);
        Assert.Equal(MeanProbability(parameters with { IsUnbalance = true }),
            MeanProbability(parameters with { ScalePosWeight = negatives / positives }), 1e-9);
        Assert.True(MeanProbability(parameters with { ScalePosWeight = 0.2 }) < plain - 0.05);

        double MeanProbability(TrainingParameters p)
        {
            var model = Trainer.Train(table, p).Model;
            return Enumerable.Range(0, table.RowCount).Average(row => model.Predict(SyntheticLoans.Row(table, row)));
        }
    }

    [Fact]
    public void The_sigmoid_is_written_and_used()
    {
        var table = SyntheticLoans.Table(2000, seed: 20);
        var model = Trainer.Train(table, Quick with { Sigmoid = 2 }).Model;
        Assert.Equal("binary sigmoid:2", model.Objective);
        Assert.Equal(table.Labels.Average(), Enumerable.Range(0, 2000).Average(row => model.Predict(SyntheticLoans.Row(table, row))), 0.03);
    }

    private static long Count(Tree tree, int child) => child >= 0 ? tree.InternalCount[child] : tree.LeafCounts[~child];
}
