using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Explaining;

/// <summary>Contributions: equal to the definition of SHAP values, and always adding up to the raw score.</summary>
public sealed class ContributionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Small_trees_give_what_the_definition_gives(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var model = RandomModel.Of(random, trees: 2, leaves: random.Next(2, 14), features: random.Next(1, 7));
            var row = Enumerable.Range(0, model.FeatureCount).Select(_ => OddValues.Next(random)).ToArray();
            Close(SubsetShap.Of(model, row), Contributions(model, row), 1e-13, $"seed {seed}, model {i}");
        }
    }

    [Theory]
    [InlineData(40, 3)]
    [InlineData(300, 60)]
    [InlineData(2000, 500)]
    public void Contributions_and_base_add_up_to_the_raw_score(int leaves, int features)
    {
        var random = new Random(leaves);
        var model = RandomModel.Of(random, trees: 3, leaves, features);
        for (var i = 0; i < 5; i++)
        {
            var row = Enumerable.Range(0, features).Select(_ => OddValues.Next(random)).ToArray();
            AddsUp(model, row);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(600)]
    public void A_path_of_many_features_adds_up(int features)
    {
        var model = TreeModel.Parse(DeepModel.Chain(features, features));
        AddsUp(model, Enumerable.Repeat(1.0, features).ToArray());
        AddsUp(model, Enumerable.Range(0, features).Select(static i => i % 7 == 3 ? 0.0 : 1.0).ToArray());
    }

    [Fact]
    public void A_constant_tree_adds_to_the_base_alone()
    {
        var model = TreeModel.Parse(SmallModel.Text);
        var all = Contributions(model, [1, 0, 2]);
        var second = new double[4];
        model.Contributions([1, 0, 2], second, 1, 1);
        Assert.Equal([0, 0, 0, 0.25], second);
        Assert.Equal((-0.5 * 0.1) + (0.25 * 0.2) + (0.75 * 0.3) + (1.5 * 0.4) + 0.25, all[3], 1e-15);
    }

    internal static void AddsUp(TreeModel model, double[] row)
    {
        var contributions = Contributions(model, row);
        var magnitude = Math.Max(1, contributions.Max(Math.Abs));
        Assert.All(contributions, static value => Assert.True(double.IsFinite(value)));
        Assert.Equal(model.PredictRaw(row), contributions.Sum(), 1e-9 * magnitude);
    }

    private static double[] Contributions(TreeModel model, double[] row)
    {
        var output = new double[model.FeatureCount + 1];
        model.Contributions(row, output);
        return output;
    }

    private static void Close(double[] expected, double[] actual, double tolerance, string place)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"{place}, value {i}: the definition gives {expected[i]:R}, we have {actual[i]:R}");
        }
    }
}
