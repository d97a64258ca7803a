using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Training that leaves the range of numbers.</summary>
public class RunawayTests
{
    [Theory]
    [InlineData("objective=poisson learning_rate=60", 1e6f)]
    [InlineData("objective=poisson", 3e38f)]
    [InlineData("objective=poisson learning_rate=60 boosting=dart skip_drop=0 drop_rate=1", 1e6f)]
    [InlineData("objective=regression learning_rate=1000", 1f)]
    [InlineData("objective=regression", 3e38f)]
    [InlineData("objective=regression data_sample_strategy=goss learning_rate=2", 3e38f)]
    [InlineData("objective=regression reg_sqrt=true", -3e38f)]
    [InlineData("objective=cross_entropy learning_rate=1000", 1f)]
    [InlineData("objective=binary learning_rate=1e6", 1f)]
    [InlineData("objective=multiclass num_class=2 learning_rate=1e6", 1f)]
    public void A_model_that_can_be_read_comes_out_of_it(string options, float scale)
    {
        var parameters = TrainingOptions.Parse(options + " num_iterations=40");
        var table = SyntheticLoans.Table(400, seed: 71);
        var scaled = new TrainingTable(table.FeatureNames, table.Columns,
            [.. table.Labels.Select((label, row) => label * scale * (scale > 1
            && parameters.Objective == TrainingObjective.Regression && row % 2 == 0 ? -1 : 1))], null, [SyntheticLoans.Purpose]);
        var result = Trainer.Train(scaled, parameters, scaled);
        Assert.Equal(result.Model.ToText(), TreeModel.Parse(result.Model.ToText()).ToText());
        Assert.DoesNotContain("nan", result.Model.ToText().Split("feature_importances")[0], StringComparison.OrdinalIgnoreCase);
    }
}
