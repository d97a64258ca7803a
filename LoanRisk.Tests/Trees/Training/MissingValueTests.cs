using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Where missing values go.</summary>
public class MissingValueTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_side_of_missing_values_is_learned(bool missingIsBad)
    {
        var random = new Random(13);
        double[] column = [.. Enumerable.Range(0, 2000).Select(i => i % 4 == 0 ? double.NaN : random.NextDouble())];
        float[] labels = [.. column.Select(v => (double.IsNaN(v) ? missingIsBad : v > 0.6) ? 1f : 0f)];
        var model = Trainer.Train(new TrainingTable(["x"], [column], labels), Quick).Model;
        Assert.Equal(MissingType.NaN, model.Trees[0].DecisionType[0].Missing);
        Assert.Equal(!missingIsBad, model.Trees[0].DecisionType[0].DefaultLeft);
        Assert.Equal(missingIsBad ? 1 : 0, model.Predict([double.NaN]), 0.1);
        Assert.Equal(1, model.Predict([0.9]), 0.1);
        Assert.Equal(0, model.Predict([0.1]), 0.1);
    }

    [Fact]
    public void Zero_as_missing_sends_zeros_and_nan_the_same_way()
    {
        var table = SyntheticLoans.Table(2000, seed: 14);
        var model = Trainer.Train(table, Quick with { ZeroAsMissing = true }).Model;
        Assert.Contains(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing == MissingType.Zero);
        Assert.DoesNotContain(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing == MissingType.NaN && !d.IsCategorical);
        var zero = SyntheticLoans.Row(table, 0);
        double[] missing = [.. zero];
        zero[3] = 0;
        missing[3] = double.NaN;
        Assert.Equal(model.PredictRaw(zero), model.PredictRaw(missing));
    }

    [Fact]
    public void Use_missing_off_reads_nan_as_zero()
    {
        var table = SyntheticLoans.Table(2000, seed: 15);
        var model = Trainer.Train(table, Quick with { UseMissing = false }).Model;
        var zero = SyntheticLoans.Row(table, 0);
        double[] missing = [.. zero];
        zero[2] = 0;
        missing[2] = double.NaN;
        Assert.Equal(model.PredictRaw(zero), model.PredictRaw(missing));
        Assert.DoesNotContain(model.Trees.SelectMany(t => t.DecisionType), d => d.Missing != MissingType.None && !d.IsCategorical);
    }
}
