using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>Raw scores to outputs, objective by objective.</summary>
public sealed class ConversionTests
{
    [Theory]
    [InlineData("binary sigmoid:1", 0.3, 0.57444251681165903)]
    [InlineData("binary sigmoid:2.5", 0.3, 0.67917869917539297)]
    [InlineData("binary sigmoid:1", -800.0, 0)]
    [InlineData("binary sigmoid:1", 800.0, 1)]
    [InlineData("cross_entropy", 0.3, 0.57444251681165903)]
    [InlineData("cross_entropy_lambda", 0.3, 0.85435524446852708)]
    [InlineData("cross_entropy_lambda", -40.0, 4.2483542552915889e-18)]
    [InlineData("poisson", 0.3, 1.3498588075760032)]
    [InlineData("gamma", 0.3, 1.3498588075760032)]
    [InlineData("tweedie", 0.3, 1.3498588075760032)]
    [InlineData("regression", -0.3, -0.3)]
    [InlineData("regression sqrt", -0.3, -0.09)]
    [InlineData("regression sqrt", 3.0, 9)]
    [InlineData("regression_l1", -0.3, -0.3)]
    [InlineData("huber", -0.3, -0.3)]
    [InlineData("fair", -0.3, -0.3)]
    [InlineData("quantile", -0.3, -0.3)]
    [InlineData("mape", -0.3, -0.3)]
    [InlineData("lambdarank", -0.3, -0.3)]
    [InlineData("custom", -0.3, -0.3)]
    [InlineData("", -0.3, -0.3)]
    public void One_output_is_converted(string objective, double raw, double expected)
    {
        var converted = Constant(objective, [raw]).Predict([0]);
        Assert.True(Math.Abs(expected - converted) <= 4e-16 * Math.Abs(expected), $"{converted:R} instead of {expected:R}");
    }

    [Fact]
    public void Softmax_survives_scores_that_overflow()
    {
        var output = new double[3];
        Constant("multiclass num_class:3", [1000, 999, -1000]).Predict([0], output);
        Assert.Equal(0.7310585786300049, output[0], 1e-15);
        Assert.Equal(0.2689414213699951, output[1], 1e-15);
        Assert.Equal(0, output[2]);
    }

    [Fact]
    public void One_against_all_is_not_normalised()
    {
        var output = new double[2];
        Constant("multiclassova num_class:2 sigmoid:1.5", [0, 2]).Predict([0], output);
        Assert.Equal([0.5, 1 / (1 + Math.Exp(-3))], output);
    }

    [Fact]
    public void A_random_forest_divides_the_converted_output_alone()
    {
        var forest = Constant("binary sigmoid:1", [1], iterations: 4, average: true);
        Assert.Equal(4, forest.PredictRaw([0]));
        Assert.Equal(1 / (1 + Math.Exp(-1)), forest.Predict([0]), 1e-15);
        var output = new double[1];
        forest.Predict([0], output, 1, 2);
        Assert.Equal(1 / (1 + Math.Exp(-1)), output[0], 1e-15);
    }

    [Theory]
    [InlineData("my_objective", "it is not known")]
    [InlineData("binary", "sigmoid")]
    public void An_objective_that_is_not_known_gives_raw_scores_only(string objective, string reason)
    {
        var model = Constant(objective, [0.3]);
        Assert.Equal(0.3, model.PredictRaw([0]));
        var error = Assert.Throws<InvalidOperationException>(() => model.Predict([0]));
        Assert.Contains(reason, error.Message);
        Assert.Throws<InvalidOperationException>(() => model.PredictBatch([0], new double[1]));
    }

    private static TreeModel Constant(string objective, double[] raw, int iterations = 1, bool average = false) => new()
    {
        Objective = objective,
        FeatureNames = ["a"],
        FeatureInfos = ["none"],
        ClassCount = raw.Length,
        TreesPerIteration = raw.Length,
        AverageOutput = average,
        Trees = [.. Enumerable.Range(0, iterations).SelectMany(_ => raw).Select(static value => new Tree { LeafValue = [value] })],
    };
}
