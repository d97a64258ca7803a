using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

public class TrainerTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Fact]
    public void Training_loss_falls_with_every_few_trees()
    {
        var table = SyntheticLoans.Table(2000, seed: 1);
        var model = Trainer.Train(table, Quick).Model;
        double[] losses = [.. new[] { 1, 5, 10, 20, 30 }.Select(trees => SyntheticLoans.LogLoss(model, table, trees))];
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.True(losses[^1] < losses[0] - 0.1, $"only from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void The_first_tree_carries_the_base_rate()
    {
        var table = SyntheticLoans.Table(2000, seed: 2);
        double rate = table.Labels.Average();
        var tree = Trainer.Train(table, Quick with { NumIterations = 1, LearningRate = 1e-9 }).Model.Trees[0];
        Assert.All(tree.LeafValue, value => Assert.Equal(Math.Log(rate / (1 - rate)), value, 1e-6));
        var bare = Trainer.Train(table, Quick with { NumIterations = 1, LearningRate = 1e-9, BoostFromAverage = false }).Model.Trees[0];
        Assert.All(bare.LeafValue, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_for_any_number_of_threads()
    {
        var table = SyntheticLoans.Table(20000, seed: 3);
        var drawn = Quick with { NumIterations = 8, BaggingFraction = 0.7, BaggingFreq = 2, FeatureFraction = 0.7 };
        var one = Trainer.Train(table, drawn with { NumThreads = 1 }).Model.ToText();
        Assert.Equal(one, Trainer.Train(table, drawn with { NumThreads = 2 }).Model.ToText());
        Assert.Equal(one, Trainer.Train(table, drawn with { NumThreads = 3 }).Model.ToText());
        Assert.Equal(one, Trainer.Train(table, drawn).Model.ToText());
        Assert.NotEqual(one, Trainer.Train(table, drawn with { Seed = 8 }).Model.ToText());
    }

    [Fact]
    public void The_written_model_reads_back_and_scores_as_in_memory()
    {
        var table = SyntheticLoans.Table(1500, seed: 4);
        var model = Trainer.Train(table, Quick).Model;
        var read = TreeModel.Parse(model.ToText());
        Assert.Equal(model.ToText(), read.ToText());
        for (var row = 0; row < 200; row++)
        {
            Assert.Equal(model.PredictRaw(SyntheticLoans.Row(table, row)), read.PredictRaw(SyntheticLoans.Row(table, row)));
        }
    }

    [Fact]
    public void Validation_scores_are_the_models_own()
    {
        var table = SyntheticLoans.Table(2000, seed: 5);
        var validation = SyntheticLoans.Table(800, seed: 6);
        var result = Trainer.Train(table, Quick, validation);
        Assert.Equal(30, result.ValidationMetrics.Count);
        foreach (var trees in new[] { 1, 15, 30 })
        {
            Assert.Equal(SyntheticLoans.LogLoss(result.Model, validation, trees), result.ValidationMetrics[trees - 1], 1e-12);
        }
    }

    [Fact]
    public void Permuting_columns_changes_nothing_but_their_order()
    {
        var table = SyntheticLoans.Table(2000, seed: 7);
        int[] order = [5, 3, 0, 4, 2, 1];
        var permuted = new TrainingTable([.. order.Select(c => table.FeatureNames[c])],
            [.. order.Select(c => table.Columns[c])], table.Labels, null, [Array.IndexOf(order, SyntheticLoans.Purpose)]);
        var first = Trainer.Train(table, Quick).Model;
        var second = Trainer.Train(permuted, Quick).Model;
        for (var tree = 0; tree < first.Trees.Length; tree++)
        {
            Assert.Equal(first.Trees[tree].SplitFeature, second.Trees[tree].SplitFeature.Select(feature => order[feature]));
            Assert.Equal(first.Trees[tree].Threshold, second.Trees[tree].Threshold);
            Assert.Equal(first.Trees[tree].LeafValue, second.Trees[tree].LeafValue);
        }
    }

    [Fact]
    public void Permuting_rows_changes_scores_by_rounding_only()
    {
        var table = SyntheticLoans.Table(2000, seed: 8);
        int[] order = [.. Enumerable.Range(0, table.RowCount)];
        new Random(9).Shuffle(order);
        var first = Trainer.Train(table, Quick with { NumIterations = 5 }).Model;
        var second = Trainer.Train(SyntheticLoans.Select(table, order), Quick with { NumIterations = 5 }).Model;
        for (var row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(first.PredictRaw(SyntheticLoans.Row(table, row)), second.PredictRaw(SyntheticLoans.Row(table, row)), 1e-5);
        }
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice()
    {
        var table = SyntheticLoans.Table(1200, seed: 10);
        // Rows are estimated from hessians, so the limits here are on hessians alone; every bin holds one value either way.
        var parameters = Quick with { NumIterations = 10, MinDataInLeaf = 0, MinSumHessianInLeaf = 3,
            MinDataInBin = 1, MinDataPerGroup = 1, CatSmooth = 0, FeaturePreFilter = false };
        var coarse = Coarse(table);
        int[] twice = [.. Enumerable.Range(0, table.RowCount).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 2)))];
        float[] weights = [.. Enumerable.Range(0, table.RowCount).Select(row => 1f + (row % 2))];
        var duplicated = Trainer.Train(SyntheticLoans.Select(coarse, twice), parameters).Model;
        var weighted = Trainer.Train(SyntheticLoans.Select(coarse, [.. Enumerable.Range(0, table.RowCount)], weights), parameters).Model;
        var plain = Trainer.Train(coarse, parameters).Model;
        double difference = 0;
        for (var row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(duplicated.PredictRaw(SyntheticLoans.Row(coarse, row)),
                weighted.PredictRaw(SyntheticLoans.Row(coarse, row)), 1e-4);
            difference = Math.Max(
                difference, Math.Abs(
                plain.PredictRaw(SyntheticLoans.Row(coarse, row)) - weighted.PredictRaw(SyntheticLoans.Row(coarse, row))));
        }

        Assert.True(difference > 0.01, "weights made no difference");
    }

    [Fact]
    public void The_model_text_holds_the_parameters()
    {
        var text = Trainer.Train(SyntheticLoans.Table(300, seed: 28), Quick with { LambdaL2 = 2.5, NumThreads = 2 }).Model.ToText();
        Assert.Contains("[lambda_l2: 2.5]\n", text, StringComparison.Ordinal);
        Assert.Contains("[seed: 7]\n", text, StringComparison.Ordinal);
        Assert.Contains("[objective: binary]\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("num_threads", text, StringComparison.Ordinal);
    }

    // Few distinct values a column, so that doubling rows cannot move a bin's bounds.
    private static TrainingTable Coarse(TrainingTable table) => new(
        table.FeatureNames,
        [.. table.Columns.Select((column, c) => column.Select(v => c == 1
            ? Math.Round(Math.Log(v), 1)
            : c == 0
            ? Math.Round(v, 2)
            : Math.Round(v)).ToArray())],
        table.Labels, null, [SyntheticLoans.Purpose]);
}
