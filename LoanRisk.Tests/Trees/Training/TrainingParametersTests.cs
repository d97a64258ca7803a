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
        var message = Assert.Throws<ArgumentException>(() => TrainingParameters.Parse([new(name, value)])).Message;
        Assert.Contains(allowed, message, StringComparison.Ordinal);
        Assert.Contains(value.Split(',')[^1], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_leafs")]
    [InlineData("linear_tree")]
    [InlineData("")]
    public void An_unknown_name_is_refused_and_the_known_ones_are_listed(string name)
    {
        var message = Assert.Throws<ArgumentException>(() => TrainingParameters.Parse([new(name, "1")])).Message;
        Assert.Contains($"Parameter {name} is not known", message, StringComparison.Ordinal);
        Assert.Contains("num_leaves", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_given_twice_is_refused_also_under_an_alias()
    {
        var message = Assert.Throws<ArgumentException>(() =>
            TrainingParameters.Parse([new("eta", "0.1"), new("learning_rate", "0.2")])).Message;
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

    [Theory]
    [InlineData("objective=multiclass", "num_class is 1; it must be at least 2 for objective multiclass")]
    [InlineData("num_class=3", "num_class is 3; it must be 1, its default, for it only has a meaning with objectives multiclass and "
        + "multiclassova")]
    [InlineData("objective=poisson sigmoid=2", "sigmoid is 2; it must be 1, its default, for it only has a meaning with objectives "
        + "binary and multiclassova")]
    [InlineData("objective=cross_entropy is_unbalance=true", "is_unbalance is true")]
    [InlineData("objective=regression scale_pos_weight=2", "scale_pos_weight is 2")]
    [InlineData("reg_sqrt=true", "reg_sqrt is true; it must be false, its default, for it only has a meaning with objective regression")]
    [InlineData("objective=regression poisson_max_delta_step=1", "with objective poisson")]
    [InlineData("objective=multiclass num_class=3 neg_bagging_fraction=0.5 bagging_freq=1", "neg_bagging_fraction is 0.5")]
    [InlineData("objective=regression metric=auc", "metric is auc; it must be l2, rmse or l1 for objective regression")]
    [InlineData("objective=multiclass num_class=3 metric=l2", "multi_logloss or multi_error for objective multiclass")]
    [InlineData("drop_rate=0.2", "with boosting dart")]
    [InlineData("uniform_drop=true", "with boosting dart")]
    [InlineData("boosting=dart max_drop=0", "at least 1, or -1 for no limit")]
    [InlineData("boosting=dart skip_drop=1.1", "a number from 0 to 1")]
    [InlineData("boosting=dart early_stopping_round=5", "early_stopping_round is 5; it must be 0 for boosting dart")]
    [InlineData("top_rate=0.3", "with data_sample_strategy goss")]
    [InlineData("data_sample_strategy=goss top_rate=0.6 other_rate=0.5", "other_rate is 0.5; it must be at most 1 less top_rate")]
    [InlineData("data_sample_strategy=goss other_rate=0", "above 0 and at most 1")]
    [InlineData("boosting=goss bagging_fraction=0.5 bagging_freq=1", "goss draws rows itself")]
    [InlineData("boosting=rf", "else all trees are the same")]
    [InlineData("boosting=rf data_sample_strategy=goss", "its gradients never change")]
    [InlineData("boosting=plain", "gbdt, dart or rf")]
    [InlineData("data_sample_strategy=all", "bagging or goss")]
    public void Parameters_that_do_not_fit_the_others_are_refused(string options, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => TrainingOptions.Parse(options)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("objective=mse", TrainingObjective.Regression, TrainingMetric.L2)]
    [InlineData("objective=RMSE metric=mae", TrainingObjective.Regression, TrainingMetric.L1)]
    [InlineData("loss=softmax num_classes=3", TrainingObjective.Multiclass, TrainingMetric.MultiLogLoss)]
    [InlineData("objective=ova num_class=3 metric=multi_error", TrainingObjective.MulticlassOva, TrainingMetric.MultiError)]
    [InlineData("app=xentropy", TrainingObjective.CrossEntropy, TrainingMetric.CrossEntropy)]
    [InlineData("objective=poisson", TrainingObjective.Poisson, TrainingMetric.Poisson)]
    [InlineData("", TrainingObjective.Binary, TrainingMetric.BinaryLogLoss)]
    public void An_objective_has_lightgbms_names_and_its_own_metric(string options, TrainingObjective objective, TrainingMetric metric)
    {
        var parameters = TrainingOptions.Parse(options);
        Assert.Equal((objective, metric), (parameters.Objective, parameters.WatchedMetric));
        Assert.Equal(parameters.ToPairs(), TrainingParameters.Parse(parameters.ToPairs()).ToPairs());
    }

    [Fact]
    public void Goss_as_a_way_of_boosting_is_plain_boosting_with_goss()
    {
        var parameters = TrainingOptions.Parse("boost=goss");
        Assert.Equal((BoostingType.Gbdt, DataSampleStrategy.Goss), (parameters.Boosting, parameters.DataSampleStrategy));
    }

    [Fact]
    public void One_value_is_checked_by_itself()
    {
        Assert.Equal(0.3, TrainingParameters.ParseOne("rate_drop", "0.3").DropRate);
        Assert.Throws<ArgumentException>(() => TrainingParameters.ParseOne("rate_drop", "3"));
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
            new("n_estimators", "250"), new("eta", "5e-2"), new("max_leaf_nodes", "15"),
            new("min_child_samples", "7"), new("min_child_weight", "0.5"), new("reg_alpha", "1"),
            new("reg_lambda", "2"), new("subsample", "0.8"), new("subsample_freq", "1"),
            new("colsample_bytree", "0.5"), new("random_state", "42"), new("n_jobs", "2"), new("mc", "1,0,-1"),
            new("early_stopping_rounds", "50"), new("metric", "auc"), new("unbalance", "true"),
            new("app", "binary"), new("subsample_for_bin", "1000")]);
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
        var parameters = new TrainingParameters { LearningRate = 0.1 + 1e-17, LambdaL2 = 1.0 / 3, Seed = -5,
            MonotoneConstraints = [0, 1], ZeroAsMissing = true, BoostFromAverage = false, Metric = TrainingMetric.Auc, MaxDepth = 4 };
        var back = TrainingParameters.Parse(parameters.ToPairs());
        Assert.Equal(parameters.ToPairs(), back.ToPairs());
        Assert.Equal((parameters.LambdaL2, parameters.Seed, parameters.MaxDepth), (back.LambdaL2, back.Seed, back.MaxDepth));
        Assert.DoesNotContain(new TrainingParameters().ToPairs(), pair => pair.Key is "seed" or "num_threads" or "monotone_constraints");
    }
}
