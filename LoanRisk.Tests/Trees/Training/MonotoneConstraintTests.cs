using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>What constraints promise, over random points.</summary>
public class MonotoneConstraintTests
{
    private static readonly TrainingParameters Quick = new() { NumIterations = 30, Seed = 7 };

    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public void Monotone_constraints_hold_over_random_points(int rateDirection, int incomeDirection)
    {
        var table = SyntheticLoans.Table(3000, seed: 11);
        var parameters = Quick with { NumIterations = 40, MonotoneConstraints = [rateDirection, incomeDirection, 0, 1, 0, 0] };
        var model = Trainer.Train(table, parameters).Model;
        Assert.Equal([rateDirection, incomeDirection, 0, 1, 0, 0], model.MonotoneConstraints);
        var random = new Random(12);
        for (var i = 0; i < 3000; i++)
        {
            var low = SyntheticLoans.Row(table, random.Next(table.RowCount));
            var feature = random.Next(3) switch { 0 => 0, 1 => 1, _ => 3 };
            double[] high = [.. low];
            high[feature] += random.NextDouble() * (feature == 1 ? 40000 : feature == 0 ? 0.2 : 4);
            var rise = (model.PredictRaw(high) - model.PredictRaw(low)) * parameters.MonotoneConstraints[feature];
            Assert.True(rise >= -1e-12, $"point {i}, feature {feature}: moves by {rise} against its direction");
        }
    }

    [Fact]
    public void Without_constraints_the_same_points_break_the_directions()
    {
        var table = SyntheticLoans.Table(3000, seed: 11);
        var model = Trainer.Train(table, Quick with { NumIterations = 40 }).Model;
        var random = new Random(12);
        var broken = 0;
        for (var i = 0; i < 500; i++)
        {
            var low = SyntheticLoans.Row(table, random.Next(table.RowCount));
            double[] high = [.. low];
            high[0] += random.NextDouble() * 0.2;
            broken += model.PredictRaw(high) < model.PredictRaw(low) - 1e-12 ? 1 : 0;
        }

        Assert.True(broken > 0, "the data would keep the direction by itself, so the constrained test proves nothing");
    }
}
