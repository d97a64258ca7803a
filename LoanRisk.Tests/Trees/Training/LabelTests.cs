using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Labels that an objective cannot learn from.</summary>
public class LabelTests
{
    [Theory]
    [InlineData("objective=binary", 2f, "2; it must be 0 or 1.")]
    [InlineData("objective=binary", 0.5f, "0.5; it must be 0 or 1.")]
    [InlineData("objective=poisson", -1f, "-1; it must be a number from 0 to 3.4e38 for objective poisson.")]
    [InlineData("objective=cross_entropy", -0.01f, "-0.01; it must be a number from 0 to 1")]
    [InlineData("objective=cross_entropy", 1.01f, "1.01; it must be a number from 0 to 1")]
    [InlineData("objective=multiclass num_class=3", 3f, "3; it must be a whole number from 0 to 2, for num_class is 3.")]
    [InlineData("objective=multiclass num_class=3", 1.5f, "1.5; it must be a whole number from 0 to 2")]
    [InlineData("objective=multiclassova num_class=3", -1f, "-1; it must be a whole number from 0 to 2")]
    public void A_label_that_does_not_fit_the_objective_is_refused_with_its_row_in_either_table(string options, float label, string says)
    {
        var parameters = TrainingParameters.Parse(
            options.Split(' ').Select(o => o.Split('=')).Select(o => KeyValuePair.Create(o[0], o[1])));
        var good = new TrainingTable(["a"], [[1, 2]], [1, 0]);
        var bad = new TrainingTable(["a"], [[1, 2]], [1, label]);
        var training = Assert.Throws<ArgumentException>(() => Trainer.Train(bad, parameters)).Message;
        Assert.Contains("The label of row 1 (counted from 0) of the training table is " + says, training, StringComparison.Ordinal);
        Assert.Contains("of the validation table is " + says,
            Assert.Throws<ArgumentException>(() => Trainer.Train(good, parameters, bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Poisson_needs_a_label_above_0_that_weighs()
    {
        var parameters = new TrainingParameters { Objective = TrainingObjective.Poisson };
        Assert.Contains("All labels are 0",
            Assert.Throws<ArgumentException>(() => Trainer.Train(new TrainingTable(["a"], [[1, 2]], [0, 0]), parameters)).Message,
            StringComparison.Ordinal);
        Assert.Contains("All labels are 0",
            Assert.Throws<ArgumentException>(() => Trainer.Train(new TrainingTable(["a"], [[1, 2]], [0, 3], [1, 0]), parameters)).Message,
            StringComparison.Ordinal);
    }
}
