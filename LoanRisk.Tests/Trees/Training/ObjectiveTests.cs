using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>What holds for every objective, whatever LightGBM does.</summary>
[Slow]
public class ObjectiveTests
{
    public static TheoryData<string> Objectives =>
    [
        "objective=binary", "objective=regression", "objective=regression reg_sqrt=true",
        "objective=poisson", "objective=cross_entropy", "objective=multiclass num_class=3",
        "objective=multiclassova num_class=4",
    ];

    public static TheoryData<string> Metrics =>
    [
        "objective=binary metric=cross_entropy", "objective=binary metric=l1", "objective=regression metric=l1",
        "objective=regression metric=rmse reg_sqrt=true", "objective=poisson metric=l2",
        "objective=cross_entropy metric=rmse", "objective=multiclass num_class=3 metric=multi_error",
    ];

    [Theory]
    [MemberData(nameof(Objectives))]
    [MemberData(nameof(Metrics))]
    public void The_watched_metric_falls_on_the_training_rows(string options)
    {
        var parameters = TrainingOptions.Parse(options + " num_iterations=20 num_leaves=8");
        var table = SyntheticTargets.Table(parameters, 800, seed: 51);
        var metrics = Trainer.Train(table, parameters, table).ValidationMetrics;
        double[] some = [metrics[0], metrics[6], metrics[19]];
        Assert.Equal(some.OrderDescending(), some);
        Assert.True(some[2] < some[0], string.Join(' ', some));
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_scores_of_a_run_are_those_of_its_written_model(string options)
    {
        foreach (var way in (string[])["", "data_sample_strategy=goss learning_rate=0.5", "boosting=dart drop_rate=0.5 skip_drop=0.1",
            "boosting=rf bagging_fraction=0.5 bagging_freq=1", "boost_from_average=false"])
        {
            var parameters = TrainingOptions.Parse($"{options} {way} num_iterations=10 num_leaves=6");
            var table = SyntheticTargets.Table(parameters, 600, seed: 52);
            var validation = SyntheticTargets.Table(parameters, 300, seed: 53, [.. Enumerable.Range(0, 300).Select(row => row % 3 / 2f)]);
            var result = Trainer.Train(table, parameters, validation);
            var metric = Metric(TreeModel.Parse(result.Model.ToText()), validation, parameters.WatchedMetric);
            Assert.Equal(metric, result.ValidationMetrics[^1], 1e-9 * Math.Max(1, Math.Abs(metric)));
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Outputs_are_what_the_objective_says(string options)
    {
        var parameters = TrainingOptions.Parse(options + " num_iterations=15 learning_rate=0.4");
        var table = SyntheticTargets.Table(parameters, 600, seed: 54);
        var model = Trainer.Train(table, parameters).Model;
        Assert.Equal(parameters.NumClass, model.ClassCount);
        Assert.Equal(15 * parameters.NumClass, model.Trees.Length);
        for (var row = 0; row < table.RowCount; row++)
        {
            var outputs = new double[model.OutputCount];
            model.Predict(SyntheticLoans.Row(table, row), outputs);
            Assert.All(outputs, output => Assert.True(IsPossible(parameters.Objective, output), $"{output}"));
            Assert.True(parameters.Objective != TrainingObjective.Multiclass || Math.Abs(outputs.Sum() - 1) < 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_first_tree_carries_the_score_that_fits_all_labels_best(string options)
    {
        var parameters = TrainingOptions.Parse(options + " num_iterations=1 learning_rate=1e-9");
        float[] weights = [.. Enumerable.Range(0, 600).Select(row => row % 3 + 0.5f)];
        var table = SyntheticTargets.Table(parameters, 600, seed: 55, weights);
        var outputs = new double[parameters.NumClass];
        Trainer.Train(table, parameters).Model.Predict(SyntheticLoans.Row(table, 0), outputs);
        for (var output = 0; output < outputs.Length; output++)
        {
            double[] targets = [.. table.Labels.Select(label => outputs.Length > 1
                ? (label == output ? 1 : 0)
                : parameters.RegSqrt
                ? Math.CopySign(Math.Sqrt(Math.Abs(label)), label)
                : label)];
            var mean = targets.Select((target, row) => target * weights[row]).Sum() / weights.Sum(w => (double)w);
            Assert.Equal(parameters.RegSqrt ? Math.CopySign(mean * mean, mean) : mean, outputs[output], 1e-5 * Math.Max(1, Math.Abs(mean)));
        }
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void A_weight_of_two_is_a_row_twice(string options)
    {
        // Rows are estimated from hessians, so the limits here are on hessians alone.
        var parameters = TrainingOptions.Parse(options + " num_iterations=8 num_leaves=8 min_data_in_leaf=0 "
            + "min_sum_hessian_in_leaf=3 min_data_in_bin=1 min_data_per_group=1 cat_smooth=0 feature_pre_filter=false max_bin=63");
        var table = SyntheticTargets.Table(parameters, 500, seed: 56);
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        var duplicated = Trainer.Train(SyntheticLoans.Select(table, [.. all.SelectMany(row => new[] { row, row })]), parameters).Model;
        var weighted = Trainer.Train(SyntheticLoans.Select(table, all, [.. all.Select(_ => 2f)]), parameters).Model;
        foreach (var row in all)
        {
            var (one, other) = (new double[parameters.NumClass], new double[parameters.NumClass]);
            duplicated.PredictRaw(SyntheticLoans.Row(table, row), one);
            weighted.PredictRaw(SyntheticLoans.Row(table, row), other);
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
        }
    }

    [Theory]
    [InlineData("objective=multiclass num_class=5 data_sample_strategy=goss learning_rate=0.5")]
    [InlineData("objective=poisson boosting=dart drop_rate=0.6 skip_drop=0 bagging_fraction=0.5 bagging_freq=1")]
    [InlineData("objective=regression boosting=rf bagging_fraction=0.5 bagging_freq=1")]
    [InlineData("objective=cross_entropy data_sample_strategy=goss boosting=dart learning_rate=0.5")]
    public void The_bytes_are_the_same_for_any_number_of_threads(string options)
    {
        var parameters = TrainingOptions.Parse(options + " num_iterations=6 seed=3");
        var table = SyntheticTargets.Table(parameters, 18000, seed: 57);
        var one = Trainer.Train(table, parameters with { NumThreads = 1 }).Model.ToText();
        Assert.Equal(one, Trainer.Train(table, parameters with { NumThreads = 2 }).Model.ToText());
        Assert.Equal(one, Trainer.Train(table, parameters with { NumThreads = 3 }).Model.ToText());
        Assert.NotEqual(one, Trainer.Train(table, parameters with { Seed = 4 }).Model.ToText()
            .Replace("[seed: 4]", "[seed: 3]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_without_rows_keeps_next_to_no_probability()
    {
        var parameters = TrainingOptions.Parse("objective=multiclass num_class=4 num_iterations=5");
        var binary = SyntheticLoans.Table(300, seed: 58);
        var table = new TrainingTable(binary.FeatureNames, binary.Columns, [.. binary.Labels.Select(label => label * 3)]);
        var outputs = new double[4];
        Trainer.Train(table, parameters).Model.Predict(SyntheticLoans.Row(table, 0), outputs);
        Assert.All(outputs[1..3], output => Assert.InRange(output, 0, 1e-12));
        var alone = new TrainingTable(binary.FeatureNames, binary.Columns, [.. binary.Labels.Select(_ => 2f)]);
        var constant = Trainer.Train(alone, parameters).Model;
        constant.Predict(SyntheticLoans.Row(table, 0), outputs);
        Assert.Equal(4, constant.Trees.Length);
        Assert.Equal(1, outputs[2], 1e-12);
    }

    private static bool IsPossible(TrainingObjective objective, double output) => objective switch
    {
        TrainingObjective.Regression => double.IsFinite(output),
        TrainingObjective.Poisson => output > 0 && double.IsFinite(output),
        _ => output is > 0 and < 1,
    };

    // In other words than the trainer's own measure.
    private static double Metric(TreeModel model, TrainingTable table, TrainingMetric metric)
    {
        var outputs = new double[model.OutputCount];
        double sum = 0;
        for (var row = 0; row < table.RowCount; row++)
        {
            model.Predict(SyntheticLoans.Row(table, row), outputs);
            double label = table.Labels[row];
            sum += table.Weights![row] * metric switch
            {
                TrainingMetric.L2 => Math.Pow(outputs[0] - label, 2),
                TrainingMetric.Poisson => outputs[0] - (label * Math.Log(outputs[0])),
                TrainingMetric.MultiLogLoss => -Math.Log(outputs[(int)label]),
                _ => -(label * Math.Log(outputs[0])) - ((1 - label) * Math.Log(1 - outputs[0])),
            };
        }

        return sum / table.Weights!.Sum(weight => (double)weight);
    }
}
