using System.Globalization;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Every objective and way of boosting beside LightGBM's own command line program, which LIGHTGBM_CLI names.</summary>
public class NativeObjectiveTests
{
    private static readonly string[] Objectives =
    [
        "objective=binary", "objective=regression", "objective=regression reg_sqrt=true", "objective=poisson", "objective=poisson poisson_max_delta_step=0.2", "objective=cross_entropy",
        "objective=multiclass num_class=3", "objective=multiclass num_class=5", "objective=multiclassova num_class=4 sigmoid=1.3 is_unbalance=true",
    ];

    private static readonly string[] Ways =
    [
        "", "boost_from_average=false zero_as_missing=true", "use_missing=false lambda_l1=1 max_depth=4",
        "bagging_fraction=0.6 bagging_freq=2 feature_fraction=0.6 seed=11",
        "min_data_in_leaf=700", "data_sample_strategy=goss learning_rate=0.3", "data_sample_strategy=goss top_rate=0.5 other_rate=0.3 learning_rate=0.5 seed=4", "boosting=goss top_rate=0.1 learning_rate=0.5 feature_fraction=0.7",
        "boosting=dart", "boosting=dart drop_rate=0.5 skip_drop=0.1 max_drop=3 drop_seed=17", "boosting=dart uniform_drop=true drop_rate=0.3 skip_drop=0 max_drop=-1 seed=9 bagging_fraction=0.7 bagging_freq=1",
        "boosting=dart xgboost_dart_mode=true drop_rate=0.4 skip_drop=0.2 learning_rate=0.2", "boosting=dart data_sample_strategy=goss learning_rate=0.4 skip_drop=0.2 boost_from_average=false",
        "boosting=rf bagging_fraction=0.5 bagging_freq=1", "boosting=rf feature_fraction=0.5 boost_from_average=false seed=2",
    ];

    public static TheoryData<string, bool> Cases => [.. Objectives.SelectMany((objective, i) => Ways.Select((way, j) => ($"{objective} {way}", (i + j) % 2 == 0)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_model_text_is_lightgbms_own_with_any_objective(string options, bool weighted)
    {
        using var native = new NativeFolder();
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "num_iterations=12", "num_leaves=12"];
        TrainingParameters parameters = TrainingOptions.Parse(string.Join(' ', words));
        TrainingTable table = MadeUpTargets.Table(parameters, 1200, seed: 41, weighted ? [.. Enumerable.Range(0, 1200).Select(row => row % 5 / 2f)] : null);
        native.Write(table);
        native.Run(["task=train", $"output_model={native.At("model.txt")}", "deterministic=true", "force_row_wise=true", $"categorical_feature={MadeUpLoans.Purpose}", .. words]);
        string[] theirs = File.ReadAllText(native.At("model.txt")).Split("\nparameters:");
        string[] ours = Trainer.Train(table, parameters).Model.ToText().Split("\nparameters:");
        Assert.Equal(theirs[0], ours[0]);
        Assert.All(ours[1].Split("\nend of parameters")[0].Split('\n'), line => Assert.Contains(line, theirs[1].Split('\n')));
    }

    [Theory]
    [InlineData("objective=regression reg_sqrt=true")]
    [InlineData("objective=poisson boosting=dart drop_rate=0.5 skip_drop=0")]
    [InlineData("objective=cross_entropy data_sample_strategy=goss learning_rate=0.5")]
    [InlineData("objective=multiclass num_class=4 boosting=rf bagging_fraction=0.5 bagging_freq=1")]
    [InlineData("objective=multiclassova num_class=3 sigmoid=0.7")]
    public void Lightgbm_loads_a_model_trained_here_and_predicts_the_same(string options)
    {
        using var native = new NativeFolder();
        TrainingParameters parameters = TrainingOptions.Parse(options + " num_iterations=15");
        TrainingTable table = MadeUpTargets.Table(parameters, 900, seed: 45);
        TreeModel model = Trainer.Train(table, parameters).Model;
        File.WriteAllText(native.At("model.txt"), model.ToText());
        native.Write(table);
        native.Run("task=predict", $"input_model={native.At("model.txt")}", $"output_result={native.At("out.txt")}");
        double[][] theirs = [.. File.ReadLines(native.At("out.txt")).Select(line => line.Split('\t').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        var outputs = new double[model.OutputCount];
        for (int row = 0; row < table.RowCount; row++)
        {
            model.Predict(MadeUpLoans.Row(table, row), outputs);
            Assert.All(outputs.Zip(theirs[row]), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * Math.Max(1, Math.Abs(pair.Second))));
        }
    }

    [Theory]
    [InlineData("objective=multiclass num_class=4")]
    [InlineData("objective=multiclass num_class=4 boost_from_average=false")]
    [InlineData("objective=multiclassova num_class=4 boost_from_average=false boosting=dart skip_drop=0 drop_rate=0.5")]
    public void A_class_without_rows_is_lightgbms_too(string options)
    {
        using var native = new NativeFolder();
        TrainingParameters parameters = TrainingOptions.Parse(options + " num_iterations=5");
        TrainingTable loans = MadeUpLoans.Table(800, seed: 42);
        var table = new TrainingTable(loans.FeatureNames, loans.Columns, [.. loans.Labels.Select((label, row) => row % 9 == 0 ? 3 : label)], null, [MadeUpLoans.Purpose]);
        native.Write(table);
        native.Run(["task=train", $"output_model={native.At("model.txt")}", "deterministic=true", "force_row_wise=true", $"categorical_feature={MadeUpLoans.Purpose}", "num_iterations=5", .. options.Split(' ')]);
        Assert.Equal(File.ReadAllText(native.At("model.txt")).Split("\nparameters:")[0], Trainer.Train(table, parameters).Model.ToText().Split("\nparameters:")[0]);
    }

    [Theory]
    [InlineData("objective=binary metric=auc")]
    [InlineData("objective=binary metric=cross_entropy")]
    [InlineData("objective=regression")]
    [InlineData("objective=regression metric=l1 reg_sqrt=true")]
    [InlineData("objective=regression metric=rmse data_sample_strategy=goss")]
    [InlineData("objective=poisson")]
    [InlineData("objective=cross_entropy")]
    [InlineData("objective=cross_entropy metric=rmse")]
    [InlineData("objective=multiclass num_class=4")]
    [InlineData("objective=multiclass num_class=4 metric=multi_error")]
    [InlineData("objective=multiclassova num_class=3")]
    [InlineData("objective=poisson boosting=rf bagging_fraction=0.5 bagging_freq=1")]
    public void Early_stopping_measures_and_ends_where_lightgbm_does(string options)
    {
        using var native = new NativeFolder();
        string[] words = [.. options.Split(' '), "num_iterations=60", "learning_rate=0.4", "num_leaves=12", "early_stopping_round=4"];
        TrainingParameters parameters = TrainingOptions.Parse(string.Join(' ', words));
        TrainingTable table = MadeUpTargets.Table(parameters, 700, seed: 43);
        TrainingTable validation = MadeUpTargets.Table(parameters, 400, seed: 44, [.. Enumerable.Range(0, 400).Select(row => row % 4 / 2f)]);
        native.Write(table);
        native.Write(validation, "valid.csv");
        string log = native.Run(["task=train", $"output_model={native.At("model.txt")}", $"valid={native.At("valid.csv")}", "deterministic=true", "force_row_wise=true", $"categorical_feature={MadeUpLoans.Purpose}", .. words]);
        TrainingResult result = Trainer.Train(table, parameters, validation);
        Assert.Equal(File.ReadAllText(native.At("model.txt")).Split("\nparameters:")[0], result.Model.ToText().Split("\nparameters:")[0]);
        string[] measured = [.. log.Split("Output of best iteration")[0].Split('\n').Where(line => line.Contains(", valid_1 ", StringComparison.Ordinal)).Select(line => line.Split(" : ")[^1].Trim())];
        Assert.Equal(measured, result.ValidationMetrics.Take(measured.Length).Select(metric => SixDigits(metric)));
        Assert.InRange(measured.Length, result.BestIteration, result.ValidationMetrics.Count);
    }

    private static string SixDigits(double value)
    {
        string text = value.ToString("G6", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) ? text.Replace("E", "e", StringComparison.Ordinal) : text;
    }
}
