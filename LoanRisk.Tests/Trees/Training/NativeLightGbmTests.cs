using System.Globalization;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Beside LightGBM's own command line program, which LIGHTGBM_CLI names.</summary>
public class NativeLightGbmTests
{
    [Theory]
    [InlineData("")]
    [InlineData("zero_as_missing=true")]
    [InlineData("sigmoid=0.7 monotone_constraints=1,-1,0,1,0,0")]
    public void Lightgbm_loads_a_model_trained_here_and_scores_the_same(string options)
    {
        using var native = new NativeFolder();
        TrainingTable table = MadeUpLoans.Table(3000, seed: 31);
        TreeModel model = Trainer.Train(table, TrainingOptions.Parse(options)).Model;
        File.WriteAllText(native.At("model.txt"), model.ToText());
        native.Write(table);
        native.Run("task=predict", $"input_model={native.At("model.txt")}", $"output_result={native.At("out.txt")}", "predict_raw_score=true");
        double[] theirs = [.. File.ReadLines(native.At("out.txt")).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        Assert.Equal(table.RowCount, theirs.Length);
        for (int row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(model.PredictRaw(MadeUpLoans.Row(table, row)), theirs[row], 1e-12);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("zero_as_missing=true")]
    [InlineData("use_missing=false")]
    [InlineData("lambda_l1=2 lambda_l2=3 min_gain_to_split=0.5")]
    [InlineData("max_delta_step=0.4 max_depth=4 num_leaves=12")]
    [InlineData("path_smooth=5")]
    [InlineData("monotone_constraints=1,-1,0,1,0,0")]
    [InlineData("monotone_constraints=-1,1,-1,0,0,1 lambda_l1=1 path_smooth=2 max_delta_step=0.5")]
    [InlineData("is_unbalance=true boost_from_average=false")]
    [InlineData("scale_pos_weight=3 sigmoid=1.5")]
    [InlineData("bagging_fraction=0.6 bagging_freq=2 feature_fraction=0.6 seed=11")]
    [InlineData("bagging_fraction=0.3 bagging_freq=1")]
    [InlineData("pos_bagging_fraction=0.9 neg_bagging_fraction=0.4 bagging_freq=1 seed=3")]
    [InlineData("max_bin=31 min_data_in_bin=20")]
    [InlineData("max_cat_to_onehot=20")]
    [InlineData("cat_smooth=1 cat_l2=0 max_cat_threshold=3 min_data_per_group=5 min_data_in_leaf=3 min_sum_hessian_in_leaf=0.1")]
    [InlineData("min_data_in_leaf=800 feature_pre_filter=false")]
    [InlineData("min_data_in_leaf=900")]
    [InlineData("weights num_iterations=40")]
    [InlineData("weights is_unbalance=true bagging_fraction=0.7 bagging_freq=1")]
    public void The_model_text_is_lightgbms_own_with_any_option(string options)
    {
        using var native = new NativeFolder();
        bool weighted = options.StartsWith("weights", StringComparison.Ordinal);
        string names = weighted ? options["weights".Length..] : options;
        float[]? weights = weighted ? [.. Enumerable.Range(0, 3000).Select(row => (row % 4) / 2f)] : null;
        TrainingTable table = MadeUpLoans.Table(3000, seed: 32, weights);
        native.Write(table);
        native.Run(["task=train", $"output_model={native.At("model.txt")}", "objective=binary", "deterministic=true", "force_row_wise=true", $"categorical_feature={MadeUpLoans.Purpose}", .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        string theirs = File.ReadAllText(native.At("model.txt")).Split("\nparameters:")[0];
        Assert.Equal(theirs, Trainer.Train(table, TrainingOptions.Parse(names)).Model.ToText().Split("\nparameters:")[0]);
    }
}
