using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>Every objective and way of boosting beside LightGBM itself.</summary>
[Slow]
public class NativeObjectiveTests
{
    private static readonly string[] Objectives =
    [
        "objective=binary", "objective=regression", "objective=regression reg_sqrt=true",
        "objective=poisson", "objective=poisson poisson_max_delta_step=0.2", "objective=cross_entropy",
        "objective=multiclass num_class=3", "objective=multiclass num_class=5",
        "objective=multiclassova num_class=4 sigmoid=1.3 is_unbalance=true",
    ];

    private static readonly string[] Ways =
    [
        "", "boost_from_average=false zero_as_missing=true", "use_missing=false lambda_l1=1 max_depth=4",
        "bagging_fraction=0.6 bagging_freq=2 feature_fraction=0.6 seed=11",
        "min_data_in_leaf=700", "data_sample_strategy=goss learning_rate=0.3", "data_sample_strategy=goss top_rate=0.5 "
        + "other_rate=0.3 learning_rate=0.5 seed=4", "boosting=goss top_rate=0.1 learning_rate=0.5 feature_fraction=0.7",
        "boosting=dart", "boosting=dart drop_rate=0.5 skip_drop=0.1 max_drop=3 drop_seed=17",
        "boosting=dart uniform_drop=true drop_rate=0.3 skip_drop=0 max_drop=-1 seed=9 bagging_fraction=0.7 bagging_freq=1",
        "boosting=dart xgboost_dart_mode=true drop_rate=0.4 skip_drop=0.2 learning_rate=0.2",
        "boosting=dart data_sample_strategy=goss learning_rate=0.4 skip_drop=0.2 boost_from_average=false",
        "boosting=rf bagging_fraction=0.5 bagging_freq=1", "boosting=rf feature_fraction=0.5 boost_from_average=false seed=2",
    ];

    private static readonly string[] Loaded =
    [
        "objective=regression reg_sqrt=true",
        "objective=poisson boosting=dart drop_rate=0.5 skip_drop=0",
        "objective=cross_entropy data_sample_strategy=goss learning_rate=0.5",
        "objective=multiclass num_class=4 boosting=rf bagging_fraction=0.5 bagging_freq=1",
        "objective=multiclassova num_class=3 sigmoid=0.7",
    ];

    private static readonly string[] WithoutRows =
    [
        "objective=multiclass num_class=4",
        "objective=multiclass num_class=4 boost_from_average=false",
        "objective=multiclassova num_class=4 boost_from_average=false boosting=dart skip_drop=0 drop_rate=0.5",
    ];

    private static readonly string[] Stopped =
    [
        "objective=binary metric=auc",
        "objective=binary metric=cross_entropy",
        "objective=regression",
        "objective=regression metric=l1 reg_sqrt=true",
        "objective=regression metric=rmse data_sample_strategy=goss",
        "objective=poisson",
        "objective=cross_entropy",
        "objective=cross_entropy metric=rmse",
        "objective=multiclass num_class=4",
        "objective=multiclass num_class=4 metric=multi_error",
        "objective=multiclassova num_class=3",
        "objective=poisson boosting=rf bagging_fraction=0.5 bagging_freq=1",
    ];

    public static TheoryData<string, string, bool> Cases =>
        [.. LightGbmLibrary.Versions.SelectMany(version =>
            Objectives.SelectMany((objective, i) => Ways.Select((way, j) => (version, $"{objective} {way}", (i + j) % 2 == 0))))];

    public static MatrixTheoryData<string, string> LoadedCases => new(LightGbmLibrary.Versions, Loaded);

    public static MatrixTheoryData<string, string> CasesWithoutRows => new(LightGbmLibrary.Versions, WithoutRows);

    public static MatrixTheoryData<string, string> StoppedCases => new(LightGbmLibrary.Versions, Stopped);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_model_text_is_lightgbms_own_with_any_objective(string version, string options, bool weighted)
    {
        var library = LightGbm.Require(version);
        var words = $"{options} num_iterations=12 num_leaves=12";
        var parameters = TrainingOptions.Parse(words);
        var table = SyntheticTargets.Table(
            parameters, 1200, seed: 41, weighted ? [.. Enumerable.Range(0, 1200).Select(row => row % 5 / 2f)] : null);
        var theirs = NativeTraining.Train(library, table, words).Split("\nparameters:");
        var ours = Trainer.Train(table, parameters).Model.ToText().Split("\nparameters:");
        Assert.Equal(theirs[0], ours[0]);
        Assert.All(ours[1].Split("\nend of parameters")[0].Split('\n'), line => Assert.Contains(line, theirs[1].Split('\n')));
    }

    [Theory]
    [MemberData(nameof(LoadedCases))]
    public void Lightgbm_loads_a_model_trained_here_and_predicts_the_same(string version, string options)
    {
        var library = LightGbm.Require(version);
        var parameters = TrainingOptions.Parse(options + " num_iterations=15");
        var table = SyntheticTargets.Table(parameters, 900, seed: 45);
        var model = Trainer.Train(table, parameters).Model;
        var theirs = NativeTraining.Predict(library, model.ToText(), table, NativeKind.Converted, model.OutputCount);
        var outputs = new double[model.OutputCount];
        for (var row = 0; row < table.RowCount; row++)
        {
            model.Predict(SyntheticLoans.Row(table, row), outputs);
            Assert.All(outputs.Zip(theirs.Skip(row * outputs.Length)),
                pair => Assert.Equal(pair.Second, pair.First, 1e-12 * Math.Max(1, Math.Abs(pair.Second))));
        }
    }

    [Theory]
    [MemberData(nameof(CasesWithoutRows))]
    public void A_class_without_rows_is_lightgbms_too(string version, string options)
    {
        var library = LightGbm.Require(version);
        var words = options + " num_iterations=5";
        var loans = SyntheticLoans.Table(800, seed: 42);
        var table = new TrainingTable(loans.FeatureNames, loans.Columns,
            [.. loans.Labels.Select((label, row) => row % 9 == 0 ? 3 : label)], null, [SyntheticLoans.Purpose]);
        var theirs = NativeTraining.Train(library, table, words).Split("\nparameters:")[0];
        Assert.Equal(theirs, Trainer.Train(table, TrainingOptions.Parse(words)).Model.ToText().Split("\nparameters:")[0]);
    }

    /// <summary>
    /// The C API measures and leaves the stopping to its caller, so LightGBM's rule stands here: rounds without a strictly better
    /// value, and the trees up to the best are kept.
    /// </summary>
    [Theory]
    [MemberData(nameof(StoppedCases))]
    public void Early_stopping_measures_as_lightgbm_does_and_keeps_the_trees_up_to_the_best(string version, string options)
    {
        const int Most = 60, Rounds = 4;
        var library = LightGbm.Require(version);
        var words = $"{options} num_iterations={Most} learning_rate=0.4 num_leaves=12";
        var parameters = TrainingOptions.Parse($"{words} early_stopping_round={Rounds}");
        var table = SyntheticTargets.Table(parameters, 700, seed: 43);
        var validation = SyntheticTargets.Table(parameters, 400, seed: 44, [.. Enumerable.Range(0, 400).Select(row => row % 4 / 2f)]);
        var rows = NativeTraining.Rows(library, table, words);
        using var held = NativeTraining.Rows(library, validation, words, rows);
        using var booster = NativeTraining.Booster(rows, words);
        booster.AddValidation(held);
        var measured = new List<double>();
        var best = 0;
        while (measured.Count < Most && measured.Count - best < Rounds && booster.Update())
        {
            measured.Add(booster.Validate()[0]);
            var isBetter = best == 0
                || (options.Contains("auc", StringComparison.Ordinal)
                ? measured[^1] > measured[best - 1]
                : measured[^1] < measured[best - 1]);
            best = isBetter ? measured.Count : best;
        }

        var result = Trainer.Train(table, parameters, validation);

        Assert.InRange(best, 1, Most);
        Assert.Equal(best, result.BestIteration);
        Assert.Equal(measured.Count, result.ValidationMetrics.Count);
        Assert.All(measured.Zip(result.ValidationMetrics),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(1, Math.Abs(pair.First))));
        Assert.Equal(booster.Save(best).Split("\nparameters:")[0], result.Model.ToText().Split("\nparameters:")[0]);
    }
}
