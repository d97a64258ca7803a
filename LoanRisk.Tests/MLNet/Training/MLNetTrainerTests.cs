using LoanRisk.MLNet.Training;
using LoanRisk.Tests.Trees.Training;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;
using TrainingOptions = LoanRisk.Tests.Trees.Training.TrainingOptions;

namespace LoanRisk.Tests.MLNet.Training;

/// <summary>ML.NET's trainer beside LightGBM itself: the same trees.</summary>
[Slow]
public sealed class MLNetTrainerTests
{
    private const int Rows = 2_000;

    private static readonly string[] Asked =
    [
        "",
        "num_leaves=7 lambda_l1=2 lambda_l2=3 min_gain_to_split=0.5",
        "use_missing=false",
        "max_delta_step=0.4 max_depth=4 num_leaves=12",
        "path_smooth=5 min_sum_hessian_in_leaf=2",
        "monotone_constraints=1,-1,0,1,0,0",
        "is_unbalance=true boost_from_average=false",
        "scale_pos_weight=3 sigmoid=1.5",
        "bagging_fraction=0.6 bagging_freq=2 feature_fraction=0.6 seed=11",
        "pos_bagging_fraction=0.9 neg_bagging_fraction=0.4 bagging_freq=1 seed=3",
        "data_sample_strategy=goss top_rate=0.3 other_rate=0.2 learning_rate=0.3",
        "boosting=dart drop_rate=0.3 max_drop=5 skip_drop=0.2 uniform_drop=true xgboost_dart_mode=true drop_seed=9",
        "max_bin=31 min_data_in_bin=20",
        "max_cat_to_onehot=20",
        "cat_smooth=1 cat_l2=0 max_cat_threshold=3 min_data_per_group=5 min_data_in_leaf=3",
        "min_data_in_leaf=800 feature_pre_filter=false",
        "use_quantized_grad=true num_grad_quant_bins=8 quant_train_renew_leaf=true stochastic_rounding=false",
        "weights",
    ];

    public static TheoryData<string> Options => [.. Asked];

    [Theory]
    [MemberData(nameof(Options))]
    public void The_trees_are_lightgbms_with_thresholds_in_single_precision(string options)
    {
        NativeTrainer.Require();
        var library = LightGbm.Require("4.6.0");
        var weighted = options.StartsWith("weights", StringComparison.Ordinal);
        var names = (weighted ? options["weights".Length..] : options) + " num_iterations=30";
        float[]? weights = weighted ? [.. Enumerable.Range(0, Rows).Select(row => (row % 4) / 2f)] : null;
        var table = Table(seed: 32, weights);
        var theirs = TreeModel.Parse(NativeTraining.Train(library, table, $"objective=binary {names}"));

        var ours = MLNetTrainer.Train(table, TrainingOptions.Parse(names), LoanColumns.Schema);

        Assert.Equal(theirs.Trees.Length, ours.Trees.Length);
        Assert.Equal(theirs.Objective, ours.Objective);
        foreach (var (their, our) in theirs.Trees.Zip(ours.Trees))
        {
            Assert.Equal(their.LeafValue, our.LeafValue);
            Assert.Equal(their.SplitFeature, our.SplitFeature);
        }

        SameAnswers(theirs, ours, table);
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("binary_logloss")]
    [InlineData("rmse")]
    public void Early_stopping_ends_where_the_managed_trainer_ends(string metric)
    {
        NativeTrainer.Require();
        var parameters = TrainingOptions.Parse($"num_iterations=300 early_stopping_round=10 metric={metric} learning_rate=0.2");
        var (table, validation) = (Table(seed: 5), Table(seed: 6));
        var managed = Trainer.Train(table, parameters, validation).Model;

        var model = MLNetTrainer.Train(table, parameters, LoanColumns.Schema, validation, TestContext.Current.CancellationToken);

        Assert.InRange(model.Trees.Length, 2, 250);
        Assert.Equal(managed.Trees.Length, model.Trees.Length);
        Assert.Equal(managed.Trees[^1].LeafValue, model.Trees[^1].LeafValue);
    }

    [Fact]
    public void The_model_tells_counts_directions_ranges_and_parameters_and_its_text_comes_back()
    {
        NativeTrainer.Require();
        var parameters = TrainingOptions.Parse("num_iterations=5 monotone_constraints=1,-1,0,1,0,0 seed=4");
        var table = Table(seed: 7);

        var model = MLNetTrainer.Train(table, parameters, LoanColumns.Schema);

        Assert.All(model.Trees, tree => Assert.Equal((Rows, Rows), (tree.LeafCounts.Sum(), tree.InternalCount[0])));
        Assert.Equal(parameters.MonotoneConstraints, model.MonotoneConstraints);
        Assert.Equal(Trainer.Train(table, parameters).Model.FeatureInfos.RemoveAt(4), model.FeatureInfos.RemoveAt(4));
        Assert.Equal("0:1:2:3:4:5:6:7:8:9:10:11", model.FeatureInfos[4]);
        Assert.Contains("[seed: 4]", model.Parameters, StringComparison.Ordinal);
        Assert.Equal(model.ToText(), TreeModel.Parse(model.ToText()).ToText());
    }

    [Fact]
    public void No_row_breaks_a_direction()
    {
        NativeTrainer.Require();
        var table = Table(seed: 8);
        int[] directions = [1, -1, 0, 1, 0, 0];
        var model = MLNetTrainer.Train(
            table, TrainingOptions.Parse("num_iterations=40 num_leaves=40 min_data_in_leaf=5 monotone_constraints=1,-1,0,1,0,0"),
            LoanColumns.Schema);
        var free = MLNetTrainer.Train(
            table, TrainingOptions.Parse("num_iterations=40 num_leaves=40 min_data_in_leaf=5"), LoanColumns.Schema);

        Assert.Equal(0, Broken(model, table, directions));
        Assert.True(Broken(free, table, directions) > 100, "The directions hold by themselves, and the test cannot fail.");
    }

    [Theory]
    [InlineData("objective=cross_entropy", "Parameter objective is cross_entropy; it must be binary")]
    [InlineData("zero_as_missing=true", "Parameter zero_as_missing is true; it must be false")]
    [InlineData("bin_construct_sample_cnt=1000", "Parameter bin_construct_sample_cnt is 1000; it must be 200000, its default")]
    [InlineData("boosting=rf bagging_freq=1 bagging_fraction=0.5", "Parameter boosting is rf; it must be gbdt or dart")]
    [InlineData("early_stopping_round=5", "Parameter early_stopping_round is 5; it must be 0 without a validation table")]
    [InlineData("monotone_constraints=1,0", "monotone_constraints is 2 directions; it must be one direction for each of the 6 features")]
    [InlineData("monotone_constraints=0,0,0,0,1,0", "it must be 0 there: categories have no direction")]
    public void What_ML_NET_cannot_do_is_refused_by_name(string options, string sentence)
    {
        var refusal = Assert.Throws<ArgumentException>(
            () => MLNetTrainer.Train(Table(seed: 1), TrainingOptions.Parse(options), LoanColumns.Schema));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_cancelled_between_two_rounds()
    {
        NativeTrainer.Require();
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(TimeSpan.FromSeconds(0.5));

        var run = Task.Run(() => MLNetTrainer.Train(
            Table(seed: 2), TrainingOptions.Parse("num_iterations=1000000 num_leaves=2"), LoanColumns.Schema, null, stop.Token));

        var cancelled = await Assert.ThrowsAsync<OperationCanceledException>(
            () => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(stop.Token, cancelled.CancellationToken); // a parallel loop takes another for a failure
    }

    private static int Broken(TreeModel model, TrainingTable table, int[] directions)
    {
        var broken = 0;
        for (var row = 0; row < 500; row++)
        {
            for (var feature = 0; feature < directions.Length; feature++)
            {
                var values = SyntheticLoans.Row(table, row);
                var before = model.PredictRaw(values);
                values[feature] = values[feature] * 1.3 + 0.5;
                broken += directions[feature] * (model.PredictRaw(values) - before) < 0 ? 1 : 0;
            }
        }

        return broken;
    }

    private static void SameAnswers(TreeModel theirs, TreeModel ours, TrainingTable table)
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var row = SyntheticLoans.Row(table, random.Next(table.RowCount));
            row[random.Next(row.Length)] = (float)LoanRisk.Tests.Trees.OddValues.Next(random);
            Assert.Equal(theirs.PredictRaw(row), ours.PredictRaw(row));
        }
    }

    // LightGBM is given doubles here; so that it finds the same thresholds they are those that ML.NET gives it.
    private static TrainingTable Table(int seed, float[]? weights = null)
    {
        var table = SyntheticLoans.Table(Rows, seed, weights);
        return new TrainingTable(
            table.FeatureNames,
            [.. table.Columns.Select(column => Array.ConvertAll(column, value => (double)(float)value))],
            table.Labels,
            table.Weights,
            [SyntheticLoans.Purpose]);
    }
}
