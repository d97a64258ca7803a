using System.Collections.Immutable;
using System.Globalization;

namespace LoanRisk.Trees.Training;

/// <summary>How one parameter is spelled, read and set.</summary>
/// <param name="Name">LightGBM's name.</param>
/// <param name="Aliases">LightGBM's other names for it.</param>
/// <param name="IsModel">It can change the model, so the model's text holds it.</param>
/// <param name="Read">The value as LightGBM writes it; empty when unset.</param>
/// <param name="Write">A copy of the parameters with the value set from text.</param>
internal sealed record ParameterSpelling(
    string Name, string[] Aliases, bool IsModel, Func<TrainingParameters, string> Read,
    Func<TrainingParameters, string, TrainingParameters> Write);

/// <summary>Every parameter that is implemented; anything else is refused by name.</summary>
internal static class ParameterCatalogue
{
    public static IReadOnlyList<ParameterSpelling> All { get; } =
    [
        Boosting(),
        Choice("objective", ChoiceNames.Objectives, p => p.Objective,
            (p, v) => p with { Objective = v }, "objective_type", "app", "application", "loss"),
        Choice("metric", ChoiceNames.Metrics, p => p.WatchedMetric, (p, v) => p with { Metric = v }, "metrics", "metric_types"),
        Choice("data_sample_strategy", ChoiceNames.Strategies, p => p.DataSampleStrategy, (p, v) => p with { DataSampleStrategy = v }),
        Whole("num_iterations", p => p.NumIterations, (p, v) => p with { NumIterations = v }, "num_iteration", "n_iter",
            "num_tree", "num_trees", "num_round", "num_rounds", "nrounds", "num_boost_round", "n_estimators", "max_iter"),
        Real("learning_rate", p => p.LearningRate, (p, v) => p with { LearningRate = v }, "shrinkage_rate", "eta"),
        Whole("num_leaves", p => p.NumLeaves, (p, v) => p with { NumLeaves = v }, "num_leaf", "max_leaves", "max_leaf", "max_leaf_nodes"),
        Whole("num_threads", p => p.NumThreads, (p, v) => p with { NumThreads = v },
            "num_thread", "nthread", "nthreads", "n_jobs") with { IsModel = false },
        Seed("seed", p => p.Seed, (p, v) => p with { Seed = v }, "random_seed", "random_state"),
        Whole("max_depth", p => p.MaxDepth, (p, v) => p with { MaxDepth = v }),
        Whole("min_data_in_leaf", p => p.MinDataInLeaf, (p, v) => p with { MinDataInLeaf = v },
            "min_data_per_leaf", "min_data", "min_child_samples", "min_samples_leaf"),
        Real("min_sum_hessian_in_leaf", p => p.MinSumHessianInLeaf, (p, v) => p with { MinSumHessianInLeaf = v },
            "min_sum_hessian_per_leaf", "min_sum_hessian", "min_hessian", "min_child_weight"),
        Real("bagging_fraction", p => p.BaggingFraction, (p, v) => p with { BaggingFraction = v }, "sub_row", "subsample", "bagging"),
        Real("pos_bagging_fraction", p => p.PosBaggingFraction,
            (p, v) => p with { PosBaggingFraction = v }, "pos_sub_row", "pos_subsample", "pos_bagging"),
        Real("neg_bagging_fraction", p => p.NegBaggingFraction,
            (p, v) => p with { NegBaggingFraction = v }, "neg_sub_row", "neg_subsample", "neg_bagging"),
        Whole("bagging_freq", p => p.BaggingFreq, (p, v) => p with { BaggingFreq = v }, "subsample_freq"),
        Real("feature_fraction", p => p.FeatureFraction, (p, v) => p with { FeatureFraction = v }, "sub_feature", "colsample_bytree"),
        Whole("early_stopping_round", p => p.EarlyStoppingRound, (p, v) => p with { EarlyStoppingRound = v },
            "early_stopping_rounds", "early_stopping", "n_iter_no_change"),
        Real("max_delta_step", p => p.MaxDeltaStep, (p, v) => p with { MaxDeltaStep = v }, "max_tree_output", "max_leaf_output"),
        Real("lambda_l1", p => p.LambdaL1, (p, v) => p with { LambdaL1 = v }, "reg_alpha", "l1_regularization"),
        Real("lambda_l2", p => p.LambdaL2, (p, v) => p with { LambdaL2 = v }, "reg_lambda", "lambda", "l2_regularization"),
        Real("min_gain_to_split", p => p.MinGainToSplit, (p, v) => p with { MinGainToSplit = v }, "min_split_gain"),
        Real("drop_rate", p => p.DropRate, (p, v) => p with { DropRate = v }, "rate_drop"),
        Whole("max_drop", p => p.MaxDrop, (p, v) => p with { MaxDrop = v }),
        Real("skip_drop", p => p.SkipDrop, (p, v) => p with { SkipDrop = v }),
        Flag("xgboost_dart_mode", p => p.XgboostDartMode, (p, v) => p with { XgboostDartMode = v }),
        Flag("uniform_drop", p => p.UniformDrop, (p, v) => p with { UniformDrop = v }),
        Seed("drop_seed", p => p.DropSeed, (p, v) => p with { DropSeed = v }),
        Real("top_rate", p => p.TopRate, (p, v) => p with { TopRate = v }),
        Real("other_rate", p => p.OtherRate, (p, v) => p with { OtherRate = v }),
        Whole("min_data_per_group", p => p.MinDataPerGroup, (p, v) => p with { MinDataPerGroup = v }),
        Whole("max_cat_threshold", p => p.MaxCatThreshold, (p, v) => p with { MaxCatThreshold = v }),
        Real("cat_l2", p => p.CatL2, (p, v) => p with { CatL2 = v }),
        Real("cat_smooth", p => p.CatSmooth, (p, v) => p with { CatSmooth = v }),
        Whole("max_cat_to_onehot", p => p.MaxCatToOnehot, (p, v) => p with { MaxCatToOnehot = v }),
        Directions(),
        Real("path_smooth", p => p.PathSmooth, (p, v) => p with { PathSmooth = v }),
        Whole("max_bin", p => p.MaxBin, (p, v) => p with { MaxBin = v }, "max_bins"),
        Whole("min_data_in_bin", p => p.MinDataInBin, (p, v) => p with { MinDataInBin = v }),
        Whole("bin_construct_sample_cnt", p => p.BinConstructSampleCnt,
            (p, v) => p with { BinConstructSampleCnt = v }, "subsample_for_bin"),
        Flag("enable_bundle", p => p.EnableBundle, (p, v) => p with { EnableBundle = v }, "is_enable_bundle", "bundle"),
        Flag("use_quantized_grad", p => p.UseQuantizedGrad, (p, v) => p with { UseQuantizedGrad = v }),
        Whole("num_grad_quant_bins", p => p.NumGradQuantBins, (p, v) => p with { NumGradQuantBins = v }),
        Flag("quant_train_renew_leaf", p => p.QuantTrainRenewLeaf, (p, v) => p with { QuantTrainRenewLeaf = v }),
        Flag("stochastic_rounding", p => p.StochasticRounding, (p, v) => p with { StochasticRounding = v }),
        Flag("use_missing", p => p.UseMissing, (p, v) => p with { UseMissing = v }),
        Flag("zero_as_missing", p => p.ZeroAsMissing, (p, v) => p with { ZeroAsMissing = v }),
        Flag("feature_pre_filter", p => p.FeaturePreFilter, (p, v) => p with { FeaturePreFilter = v }),
        Whole("num_class", p => p.NumClass, (p, v) => p with { NumClass = v }, "num_classes"),
        Flag("is_unbalance", p => p.IsUnbalance, (p, v) => p with { IsUnbalance = v }, "unbalance", "unbalanced_sets"),
        Real("scale_pos_weight", p => p.ScalePosWeight, (p, v) => p with { ScalePosWeight = v }),
        Real("sigmoid", p => p.Sigmoid, (p, v) => p with { Sigmoid = v }),
        Flag("boost_from_average", p => p.BoostFromAverage, (p, v) => p with { BoostFromAverage = v }),
        Flag("reg_sqrt", p => p.RegSqrt, (p, v) => p with { RegSqrt = v }),
        Real("poisson_max_delta_step", p => p.PoissonMaxDeltaStep, (p, v) => p with { PoissonMaxDeltaStep = v }),
    ];

    private static readonly Dictionary<string, ParameterSpelling> ByName = All
        .SelectMany(s => s.Aliases.Append(s.Name).Select(name => KeyValuePair.Create(name, s)))
        .ToDictionary(StringComparer.Ordinal);

    public static ParameterSpelling Find(string name) => ByName.TryGetValue(name, out var spelling)
        ? spelling
        : throw new ArgumentException(
            $"Parameter {name} is not known; known are {string.Join(", ", All.Select(s => s.Name))} and LightGBM's aliases of them.",
            nameof(name));

    private static ParameterSpelling Whole(
        string name, Func<TrainingParameters, int> read,
        Func<TrainingParameters, int, TrainingParameters> write, params string[] aliases) =>
        new(name, aliases, true, p => read(p).ToString(CultureInfo.InvariantCulture), (p, text) => write(p, ParseWhole(name, text)));

    private static ParameterSpelling Real(
        string name, Func<TrainingParameters, double> read,
        Func<TrainingParameters, double, TrainingParameters> write, params string[] aliases) =>
        new(name, aliases, true, p => read(p).ToString("R", CultureInfo.InvariantCulture), (p, text) => write(p, ParseReal(name, text)));

    private static ParameterSpelling Flag(
        string name, Func<TrainingParameters, bool> read,
        Func<TrainingParameters, bool, TrainingParameters> write, params string[] aliases) =>
        new(name, aliases, true, p => read(p) ? "1" : "0", (p, text) => write(p, ParseFlag(name, text)));

    private static ParameterSpelling Choice<T>(
        string name, ChoiceNames<T> names, Func<TrainingParameters, T> read,
        Func<TrainingParameters, T, TrainingParameters> write, params string[] aliases)
        where T : struct, Enum =>
        new(name, aliases, true, p => names.Of(read(p)), (p, text) => write(p, names.Parse(text)));

    // LightGBM still takes goss here, from when it was a way of boosting.
    private static ParameterSpelling Boosting() => new(
        "boosting", ["boosting_type", "boost"], true, p => ChoiceNames.Boostings.Of(p.Boosting),
        (p, text) => text is "goss"
            ? p with { Boosting = BoostingType.Gbdt, DataSampleStrategy = DataSampleStrategy.Goss }
            : p with { Boosting = ChoiceNames.Boostings.Parse(text) });

    private static ParameterSpelling Seed(
        string name, Func<TrainingParameters, int?> read,
        Func<TrainingParameters, int?, TrainingParameters> write, params string[] aliases) =>
        new(name, aliases, true, p => read(p)?.ToString(CultureInfo.InvariantCulture) ?? "", (p, text) => write(p, ParseWhole(name, text)));

    private static ParameterSpelling Directions() => new(
        "monotone_constraints", ["mc", "monotone_constraint", "monotonic_cst"], true, p => string.Join(',', p.MonotoneConstraints),
        (p, text) => p with { MonotoneConstraints = ParseDirections(text) });

    private static ImmutableArray<int> ParseDirections(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => ParseWhole("monotone_constraints", t))];

    private static int ParseWhole(string name, string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Allowed.Refusal(name, $"'{text}'", "a whole number");

    private static double ParseReal(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Allowed.Refusal(name, $"'{text}'", "a number");

    private static bool ParseFlag(string name, string text) => text switch
    {
        "1" or "true" or "True" or "TRUE" or "+" => true,
        "0" or "false" or "False" or "FALSE" or "-" => false,
        _ => throw Allowed.Refusal(name, $"'{text}'", "true or false"),
    };
}
