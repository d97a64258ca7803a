using System.Globalization;
using LoanRisk.Trees.Training;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.MLNet.Training;

/// <summary>
/// LightGBM's parameters as ML.NET's trainer takes them: its options where it has one, else under LightGBM's name among those that it hands
/// to the native library.
/// </summary>
internal static class TrainerParameters
{
    // Names that ML.NET has no option for, or whose option refuses what LightGBM allows.
    private static readonly string[] Native =
    [
        "data_sample_strategy", "top_rate", "other_rate", "drop_rate", "max_drop", "skip_drop", "drop_seed", "pos_bagging_fraction",
        "neg_bagging_fraction", "max_delta_step", "path_smooth", "max_cat_to_onehot", "min_data_in_bin", "num_grad_quant_bins",
        "monotone_constraints", "metric",
    ];

    // Of those the ones that are true or false, for which the native library takes no 1 or 0.
    private static readonly string[] NativeFlags =
    [
        "boost_from_average", "xgboost_dart_mode", "uniform_drop", "feature_pre_filter", "enable_bundle", "use_quantized_grad",
        "quant_train_renew_leaf", "stochastic_rounding",
    ];

    /// <summary>A parameter that ML.NET's trainer does not take, and so no model of it tells.</summary>
    public const string NotTaken = "bin_construct_sample_cnt";

    /// <summary>Checks that ML.NET's trainer does what the parameters ask.</summary>
    /// <exception cref="ArgumentException">It does not; the message names the parameter and what is allowed.</exception>
    public static void Check(TrainingParameters parameters)
    {
        parameters.Validate();
        var standard = new TrainingParameters();
        Refuse(
            parameters.Objective != TrainingObjective.Binary, "objective", Written(parameters, "objective"),
            "binary with ML.NET's trainer, whose trees are read as those of a binary model");
        Refuse(
            parameters.Boosting == BoostingType.Rf, "boosting", "rf",
            "gbdt or dart with ML.NET's trainer, which sums trees and has no mean");
        Refuse(
            parameters.ZeroAsMissing, "zero_as_missing", "true",
            "false with ML.NET's trainer, whose model does not keep that 0 is missing");
        Refuse(
            parameters.BinConstructSampleCnt != standard.BinConstructSampleCnt, NotTaken,
            parameters.BinConstructSampleCnt.ToString(CultureInfo.InvariantCulture),
            $"{standard.BinConstructSampleCnt}, its default, with ML.NET's trainer, which finds the bins from 65536 rows of its own "
                + "choice");
    }

    /// <summary>ML.NET's options. One native thread where none is named: LightGBM's threads spin, and two on shared cores are many times
    /// slower than one.</summary>
    public static LightGbmBinaryTrainer.Options Options(TrainingParameters p) => new()
    {
        NumberOfIterations = p.NumIterations,
        LearningRate = p.LearningRate,
        NumberOfLeaves = p.NumLeaves,
        MinimumExampleCountPerLeaf = p.MinDataInLeaf,
        MaximumBinCountPerFeature = p.MaxBin,
        EarlyStoppingRound = p.EarlyStoppingRound,
        UseCategoricalSplit = true,
        MinimumExampleCountPerGroup = p.MinDataPerGroup,
        MaximumCategoricalSplitPointCount = p.MaxCatThreshold,
        CategoricalSmoothing = p.CatSmooth,
        L2CategoricalRegularization = p.CatL2,
        HandleMissingValue = p.UseMissing,
        UnbalancedSets = p.IsUnbalance,
        WeightOfPositiveExamples = p.ScalePosWeight,
        Sigmoid = p.Sigmoid,
        Seed = p.Seed ?? 0,
        NumberOfThreads = Math.Max(1, p.NumThreads),
        // The same rows give the same trees: LightGBM else times two ways of adding up and takes the faster.
        Deterministic = true,
        ForceRowWise = true,
        Silent = true,
        Booster = p.Boosting == BoostingType.Dart ? Shared(new DartBooster.Options(), p) : Shared(new GradientBooster.Options(), p),
    };

    /// <summary>Writes what the options cannot say.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="live">What ML.NET will hand to the native library.</param>
    public static void Complete(TrainingParameters parameters, Dictionary<string, object> live)
    {
        foreach (var (name, value) in parameters.ToPairs())
        {
            if (Native.Contains(name))
            {
                live[name] = value;
            }
            else if (NativeFlags.Contains(name))
            {
                live[name] = value == "1";
            }
        }

        if (parameters.Seed is null)
        {
            live.Remove("seed"); // LightGBM then takes its fixed seeds, as the managed trainer does
        }
    }

    private static BoosterParameterBase.OptionsBase Shared(BoosterParameterBase.OptionsBase booster, TrainingParameters p)
    {
        booster.MinimumSplitGain = p.MinGainToSplit;
        booster.MaximumTreeDepth = Math.Max(0, p.MaxDepth);
        booster.MinimumChildWeight = p.MinSumHessianInLeaf;
        booster.SubsampleFrequency = p.BaggingFreq;
        booster.SubsampleFraction = p.BaggingFraction;
        booster.FeatureFraction = p.FeatureFraction;
        booster.L1Regularization = p.LambdaL1;
        booster.L2Regularization = p.LambdaL2;
        return booster;
    }

    private static string Written(TrainingParameters parameters, string name) =>
        parameters.ToPairs().First(pair => pair.Key == name).Value;

    private static void Refuse(bool refused, string name, string value, string allowed)
    {
        if (refused)
        {
            throw new ArgumentException($"Parameter {name} is {value}; it must be {allowed}.", name);
        }
    }
}
