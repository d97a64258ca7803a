using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

public class TrainingTableTests
{
    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("no rows", () => new TrainingTable(["a"], [[]], []));
        Refused("0 columns", () => new TrainingTable([], [], [1]));
        Refused("2 feature names", () => new TrainingTable(["a", "b"], [[1]], [1]));
        Refused("Column 'b' has 1 values", () => new TrainingTable(["a", "b"], [[1, 2], [1]], [1, 0]));
        Refused("1 weights", () => new TrainingTable(["a"], [[1, 2]], [1, 0], [1]));
        Refused("Categorical feature 1", () => new TrainingTable(["a"], [[1, 2]], [1, 0], null, [1]));
        Refused("Categorical feature -1", () => new TrainingTable(["a"], [[1, 2]], [1, 0], null, [-1]));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void A_label_that_is_not_finite_is_refused_with_its_row(float label) =>
        Refused("row 1 (counted from 0)", () => new TrainingTable(["a"], [[1, 2]], [1, label]));

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_cannot_be_is_refused_with_its_row(float weight) =>
        Refused("row 0 (counted from 0)", () => new TrainingTable(["a"], [[1, 2]], [1, 0], [weight, 1]));

    [Fact]
    public void Weights_that_are_all_zero_are_refused() =>
        Refused("All weights are 0", () => new TrainingTable(["a"], [[1, 2]], [1, 0], [0, 0]));

    [Fact]
    public void Names_the_model_text_cannot_hold_are_refused()
    {
        Refused("Column 0 has no name", () => new TrainingTable([""], [[1]], [1]));
        Refused("line break", () => new TrainingTable(["a\nb"], [[1]], [1]));
        Refused("stands twice", () => new TrainingTable(["a b", "a_b"], [[1], [1]], [1]));
        Assert.Equal(["monthly_income_€", "x=\"y\""], new TrainingTable(["monthly income €", "x=\"y\""], [[1], [1]], [1]).FeatureNames);
    }

    private static void Refused(string says, Func<TrainingTable> make) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
