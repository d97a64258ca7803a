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
        "data_sample_strategy=goss learning_rate=0.3", "data_sample_strategy=goss top_rate=0.5 other_rate=0.3 learning_rate=0.5 seed=4", "boosting=goss top_rate=0.1 learning_rate=0.5 feature_fraction=0.7",
        "boosting=dart", "boosting=dart drop_rate=0.5 skip_drop=0.1 max_drop=3 drop_seed=17", "boosting=dart uniform_drop=true drop_rate=0.3 skip_drop=0 max_drop=-1 seed=9 bagging_fraction=0.7 bagging_freq=1",
        "boosting=dart xgboost_dart_mode=true drop_rate=0.4 skip_drop=0.2 learning_rate=0.2", "boosting=dart data_sample_strategy=goss learning_rate=0.4 skip_drop=0.2 boost_from_average=false",
        "boosting=rf bagging_fraction=0.5 bagging_freq=1", "boosting=rf feature_fraction=0.5 boost_from_average=false seed=2",
    ];

    public static TheoryData<string, bool> Cases => [.. from objective in Objectives from way in Ways from weighted in new[] { false, true } select (objective + " " + way, weighted)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_model_text_is_lightgbms_own_with_any_objective(string options, bool weighted)
    {
        using var native = new NativeFolder();
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "num_iterations=12", "num_leaves=12"];
        var parameters = TrainingParameters.Parse(words.Select(word => word.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        TrainingTable table = MadeUpTargets.Table(parameters, 1500, seed: 41, weighted ? [.. Enumerable.Range(0, 1500).Select(row => row % 5 / 2f)] : null);
        native.Write(table);
        native.Run(["task=train", $"output_model={native.At("model.txt")}", "deterministic=true", "force_row_wise=true", $"categorical_feature={MadeUpLoans.Purpose}", .. words]);
        string[] theirs = File.ReadAllText(native.At("model.txt")).Split("\nparameters:");
        string[] ours = Trainer.Train(table, parameters).Model.ToText().Split("\nparameters:");
        Assert.Equal(theirs[0], ours[0]);
        Assert.All(ours[1].Split("\nend of parameters")[0].Split('\n'), line => Assert.Contains(line, theirs[1].Split('\n')));
    }
}
