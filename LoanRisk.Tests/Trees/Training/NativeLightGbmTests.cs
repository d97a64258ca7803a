using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Beside LightGBM itself.</summary>
[Slow]
public class NativeLightGbmTests
{
    private static readonly string[] Scored =
    [
        "",
        "zero_as_missing=true",
        "sigmoid=0.7 monotone_constraints=1,-1,0,1,0,0",
    ];

    private static readonly string[] Trained =
    [
        "",
        "zero_as_missing=true",
        "use_missing=false",
        "lambda_l1=2 lambda_l2=3 min_gain_to_split=0.5",
        "max_delta_step=0.4 max_depth=4 num_leaves=12",
        "path_smooth=5",
        "monotone_constraints=1,-1,0,1,0,0",
        "monotone_constraints=-1,1,-1,0,0,1 lambda_l1=1 path_smooth=2 max_delta_step=0.5",
        "is_unbalance=true boost_from_average=false",
        "scale_pos_weight=3 sigmoid=1.5",
        "bagging_fraction=0.6 bagging_freq=2 feature_fraction=0.6 seed=11",
        "bagging_fraction=0.3 bagging_freq=1",
        "pos_bagging_fraction=0.9 neg_bagging_fraction=0.4 bagging_freq=1 seed=3",
        "max_bin=31 min_data_in_bin=20",
        "max_cat_to_onehot=20",
        "cat_smooth=1 cat_l2=0 max_cat_threshold=3 min_data_per_group=5 min_data_in_leaf=3 min_sum_hessian_in_leaf=0.1",
        "min_data_in_leaf=800 feature_pre_filter=false",
        "min_data_in_leaf=900",
        "weights num_iterations=40",
        "weights is_unbalance=true bagging_fraction=0.7 bagging_freq=1",
    ];

    public static MatrixTheoryData<string, string> ScoredCases => new(LightGbmLibrary.Versions, Scored);

    public static MatrixTheoryData<string, string> TrainedCases => new(LightGbmLibrary.Versions, Trained);

    [Theory]
    [MemberData(nameof(ScoredCases))]
    public void Lightgbm_loads_a_model_trained_here_and_scores_the_same(string version, string options)
    {
        var library = LightGbm.Require(version);
        var table = SyntheticLoans.Table(3000, seed: 31);
        var model = Trainer.Train(table, TrainingOptions.Parse(options)).Model;
        var theirs = NativeTraining.Predict(library, model.ToText(), table, NativeKind.Raw, outputs: 1);
        for (var row = 0; row < table.RowCount; row++)
        {
            Assert.Equal(model.PredictRaw(SyntheticLoans.Row(table, row)), theirs[row], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(TrainedCases))]
    public void The_model_text_is_lightgbms_own_with_any_option(string version, string options)
    {
        var library = LightGbm.Require(version);
        var weighted = options.StartsWith("weights", StringComparison.Ordinal);
        var names = weighted ? options["weights".Length..] : options;
        float[]? weights = weighted ? [.. Enumerable.Range(0, 3000).Select(row => (row % 4) / 2f)] : null;
        var table = SyntheticLoans.Table(3000, seed: 32, weights);
        var theirs = NativeTraining.Train(library, table, $"objective=binary {names}").Split("\nparameters:")[0];
        Assert.Equal(theirs, Trainer.Train(table, TrainingOptions.Parse(names)).Model.ToText().Split("\nparameters:")[0]);
    }
}
