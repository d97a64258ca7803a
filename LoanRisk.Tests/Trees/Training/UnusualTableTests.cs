using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Tables that few would train on.</summary>
public class UnusualTableTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

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
        var model = Trainer.Train(new TrainingTable(["a", "b", "c"], [constant, missing, missing], labels, null, [2]), Quick).Model;
        Assert.Equal(["none", "none", "none"], model.FeatureInfos);
        Assert.Equal(1, Assert.Single(model.Trees).LeafCount);
        Assert.Equal(0.25, model.Predict([3, double.NaN, 1]), 1e-12);
        Assert.Equal(model.ToText(), TreeModel.Parse(model.ToText()).ToText());
    }

    [Fact]
    public void Infinite_values_are_values()
    {
        double[] column = [.. Enumerable.Range(0, 300)
            .Select(i => (i % 3) switch { 0 => double.NegativeInfinity, 1 => i, _ => double.PositiveInfinity })];
        float[] labels = [.. column.Select(v => double.IsPositiveInfinity(v) ? 1f : 0f)];
        var model = Trainer.Train(new TrainingTable(["x"], [column], labels), Quick).Model;
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
    public void Tables_and_parameters_that_do_not_fit_are_refused()
    {
        var table = SyntheticLoans.Table(100, seed: 27);
        Refused("monotone_constraints", () => Trainer.Train(table, Quick with { MonotoneConstraints = [1] }));
        Refused("purpose", () => Trainer.Train(table, Quick with { MonotoneConstraints = [0, 0, 0, 0, 1, 0] }));
        Refused("early_stopping_round", () => Trainer.Train(table, Quick with { EarlyStoppingRound = 5 }));
        Refused("columns", () => Trainer.Train(table, Quick, new TrainingTable(["other"], [[1.0]], [1f])));
        Refused("one class", () => Trainer.Train(
            table, Quick with { Metric = TrainingMetric.Auc }, SyntheticLoans.Select(table, [Array.IndexOf(table.Labels, 1f)])));
        Refused("1000001", () =>
            Trainer.Train(new TrainingTable(["zip"],
            [[.. Enumerable.Repeat(1000001.0, 50), .. Enumerable.Repeat(1.0, 50)]], table.Labels, null, [0]), Quick));

        static void Refused(string names, Action train) =>
            Assert.Contains(names, Assert.Throws<ArgumentException>(train).Message, StringComparison.Ordinal);
    }
}
