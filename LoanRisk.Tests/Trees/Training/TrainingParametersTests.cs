using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

public class TrainingParametersTests
{
    [Theory]
    [InlineData("num_leaves", "1", "2 to 131072")]
    [InlineData("num_leaves", "many", "a whole number")]
    [InlineData("num_iterations", "0", "at least 1")]
    [InlineData("learning_rate", "0", "above 0")]
    [InlineData("eta", "NaN", "above 0")]
    [InlineData("learning_rate", "Infinity", "finite")]
    [InlineData("lambda_l1", "-0.5", "at least 0")]
    [InlineData("reg_lambda", "-1", "at least 0")]
    [InlineData("max_bin", "256", "2 to 255")]
    [InlineData("max_bin", "1", "2 to 255")]
    [InlineData("min_data_in_leaf", "-1", "at least 0")]
    [InlineData("min_data_in_bin", "0", "at least 1")]
    [InlineData("bagging_fraction", "0", "above 0 and at most 1")]
    [InlineData("feature_fraction", "1.5", "above 0 and at most 1")]
    [InlineData("bagging_freq", "-2", "at least 0")]
    [InlineData("scale_pos_weight", "0", "above 0")]
    [InlineData("sigmoid", "-1", "above 0")]
    [InlineData("monotone_constraints", "1,2", "-1 to 1")]
    [InlineData("monotone_constraints", "1,x", "a whole number")]
    [InlineData("max_cat_to_onehot", "0", "at least 1")]
    [InlineData("min_data_per_group", "0", "at least 1")]
    [InlineData("use_missing", "maybe", "true or false")]
    [InlineData("metric", "rmsle", "multi_logloss or multi_error")]
    [InlineData("metric", "multi_error", "binary_logloss, auc, cross_entropy, l2, rmse or l1 for objective binary")]
    [InlineData("objective", "lambdarank", "binary, regression, poisson")]
    [InlineData("seed", "1.5", "a whole number")]
    [InlineData("num_threads", "-1", "at least 0")]
    public void A_value_out_of_range_is_refused_with_name_value_and_what_is_allowed(string name, string value, string allowed)
    {
        string message = Assert.Throws<ArgumentException>(() => TrainingParameters.Parse([new(name, value)])).Message;
        Assert.Contains(allowed, message, StringComparison.Ordinal);
        Assert.Contains(value.Split(',')[^1], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_leafs")]
    [InlineData("linear_tree")]
    [InlineData("")]
    public void An_unknown_name_is_refused_and_the_known_ones_are_listed(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => TrainingParameters.Parse([new(name, "1")])).Message;
        Assert.Contains($"Parameter {name} is not known", message, StringComparison.Ordinal);
        Assert.Contains("num_leaves", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_given_twice_is_refused_also_under_an_alias()
    {
        string message = Assert.Throws<ArgumentException>(() => TrainingParameters.Parse([new("eta", "0.1"), new("learning_rate", "0.2")])).Message;
        Assert.Contains("learning_rate", message, StringComparison.Ordinal);
        Assert.Contains("eta", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_exclude_each_other_are_refused()
    {
        Refused("is_unbalance", new() { IsUnbalance = true, ScalePosWeight = 2 });
        Refused("path_smooth", new() { PathSmooth = 1, MinDataInLeaf = 1 });
        Refused("bagging_freq", new() { BaggingFraction = 0.5 });

        static void Refused(string name, TrainingParameters parameters) =>
            Assert.Contains(name, Assert.Throws<ArgumentException>(parameters.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Initializers_and_with_check_too()
    {
        Assert.Throws<ArgumentException>(() => new TrainingParameters { NumLeaves = 1 });
        Assert.Throws<ArgumentException>(() => new TrainingParameters() with { LearningRate = double.NaN });
        Assert.Throws<ArgumentException>(() => new TrainingParameters { MonotoneConstraints = [3] });
        Assert.Throws<ArgumentException>(() => new TrainingParameters { Metric = (TrainingMetric)77 });
        Assert.Empty(new TrainingParameters { MonotoneConstraints = default }.MonotoneConstraints);
    }

    [Fact]
    public void Aliases_and_spellings_are_lightgbms()
    {
        var parameters = TrainingParameters.Parse([
            new("n_estimators", "250"), new("eta", "5e-2"), new("max_leaf_nodes", "15"), new("min_child_samples", "7"), new("min_child_weight", "0.5"), new("reg_alpha", "1"),
            new("reg_lambda", "2"), new("subsample", "0.8"), new("subsample_freq", "1"), new("colsample_bytree", "0.5"), new("random_state", "42"), new("n_jobs", "2"), new("mc", "1,0,-1"),
            new("early_stopping_rounds", "50"), new("metric", "auc"), new("unbalance", "true"), new("app", "binary"), new("subsample_for_bin", "1000")]);
        Assert.Equal(250, parameters.NumIterations);
        Assert.Equal(0.05, parameters.LearningRate);
        Assert.Equal(15, parameters.NumLeaves);
        Assert.Equal(7, parameters.MinDataInLeaf);
        Assert.Equal(0.5, parameters.MinSumHessianInLeaf);
        Assert.Equal((1.0, 2.0), (parameters.LambdaL1, parameters.LambdaL2));
        Assert.Equal((0.8, 1, 0.5), (parameters.BaggingFraction, parameters.BaggingFreq, parameters.FeatureFraction));
        Assert.Equal((42, 2, 50), (parameters.Seed, parameters.NumThreads, parameters.EarlyStoppingRound));
        Assert.Equal([1, 0, -1], parameters.MonotoneConstraints);
        Assert.Equal((TrainingMetric.Auc, true, 1000), (parameters.Metric, parameters.IsUnbalance, parameters.BinConstructSampleCnt));
    }

    [Fact]
    public void Pairs_bring_the_parameters_back()
    {
        var parameters = new TrainingParameters { LearningRate = 0.1 + 1e-17, LambdaL2 = 1.0 / 3, Seed = -5, MonotoneConstraints = [0, 1], ZeroAsMissing = true, BoostFromAverage = false, Metric = TrainingMetric.Auc, MaxDepth = 4 };
        TrainingParameters back = TrainingParameters.Parse(parameters.ToPairs());
        Assert.Equal(parameters.ToPairs(), back.ToPairs());
        Assert.Equal((parameters.LambdaL2, parameters.Seed, parameters.MaxDepth), (back.LambdaL2, back.Seed, back.MaxDepth));
        Assert.DoesNotContain(new TrainingParameters().ToPairs(), pair => pair.Key is "seed" or "num_threads" or "monotone_constraints");
    }
}
