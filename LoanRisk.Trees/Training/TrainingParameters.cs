using System.Collections.Immutable;

namespace LoanRisk.Trees.Training;

/// <summary>
/// LightGBM's training parameters under LightGBM's names (in Pascal case) and with LightGBM's defaults, but for the objective,
/// which is binary here. Each value is checked where it is set; <see cref="Validate"/> checks those that only make sense together.
/// </summary>
public sealed partial record TrainingParameters
{
    /// <summary>What is learned. LightGBM's default is regression; here it is binary.</summary>
    public TrainingObjective Objective { get; init => field = ChoiceNames.Objectives.Defined(value); } = TrainingObjective.Binary;

    /// <summary>
    /// Classes of <see cref="TrainingObjective.Multiclass"/> and <see cref="TrainingObjective.MulticlassOva"/>, at least 2; 1 for
    /// the others.
    /// </summary>
    public int NumClass { get; init => field = Allowed.AtLeast(value, 1, "num_class"); } = 1;

    /// <summary>What is measured on the validation table; null is the objective's own: see <see cref="WatchedMetric"/>.</summary>
    public TrainingMetric? Metric { get; init => field = value is { } metric ? ChoiceNames.Metrics.Defined(metric) : null; }

    /// <summary>The metric that is measured: <see cref="Metric"/>, or the one that belongs to the objective.</summary>
    public TrainingMetric WatchedMetric => Metric ?? Objective switch
    {
        TrainingObjective.Regression => TrainingMetric.L2,
        TrainingObjective.Poisson => TrainingMetric.Poisson,
        TrainingObjective.CrossEntropy => TrainingMetric.CrossEntropy,
        TrainingObjective.Multiclass or TrainingObjective.MulticlassOva => TrainingMetric.MultiLogLoss,
        _ => TrainingMetric.BinaryLogLoss,
    };

    /// <summary>Starts from the score that fits all labels best instead of 0; it ends up in the first tree.</summary>
    public bool BoostFromAverage { get; init; } = true;

    /// <summary>Weighs the rarer class up so that both weigh the same. Not together with <see cref="ScalePosWeight"/>.</summary>
    public bool IsUnbalance { get; init; }

    /// <summary>Weight of rows with label 1.</summary>
    public double ScalePosWeight { get; init => field = Allowed.Positive(value, "scale_pos_weight"); } = 1;

    /// <summary>Steepness of the sigmoid that turns the raw score into a probability, for binary and multiclassova.</summary>
    public double Sigmoid { get; init => field = Allowed.Positive(value, "sigmoid"); } = 1;

    /// <summary>Regression learns the square root of the label, with its sign; the output is squared again.</summary>
    public bool RegSqrt { get; init; }

    /// <summary>Keeps steps of the poisson objective short: second derivatives are multiplied with exp of it.</summary>
    public double PoissonMaxDeltaStep { get; init => field = Allowed.Positive(value, "poisson_max_delta_step"); } = 0.7;

    /// <summary>How trees follow on each other.</summary>
    public BoostingType Boosting { get; init => field = ChoiceNames.Boostings.Defined(value); } = BoostingType.Gbdt;

    /// <summary>How rows are drawn.</summary>
    public DataSampleStrategy DataSampleStrategy { get; init => field = ChoiceNames.Strategies.Defined(value); } =
        DataSampleStrategy.Bagging;

    /// <summary>Part of the rows that goss keeps for their large gradients.</summary>
    public double TopRate { get; init => field = Allowed.Fraction(value, "top_rate"); } = 0.2;

    /// <summary>Part of all rows that goss draws from the others. With <see cref="TopRate"/> at most 1.</summary>
    public double OtherRate { get; init => field = Allowed.Fraction(value, "other_rate"); } = 0.1;

    /// <summary>Dart: the mean part of the trees so far that an iteration leaves out.</summary>
    public double DropRate { get; init => field = Allowed.Share(value, "drop_rate"); } = 0.1;

    /// <summary>Dart: most iterations left out at a time; below 0 is no limit.</summary>
    public int MaxDrop
    {
        get;
        init => field = value is not 0 ? value : throw Allowed.Refusal("max_drop", "0", "at least 1, or -1 for no limit");
    } = 50;

    /// <summary>Dart: how likely an iteration is to leave out none.</summary>
    public double SkipDrop { get; init => field = Allowed.Share(value, "skip_drop"); } = 0.5;

    /// <summary>Dart: leaves out all trees alike instead of heavy ones more often.</summary>
    public bool UniformDrop { get; init; }

    /// <summary>Dart: weighs a new tree and those left out as XGBoost does.</summary>
    public bool XgboostDartMode { get; init; }

    /// <summary>Dart: the seed of what is left out; null takes the one that <see cref="Seed"/> gives.</summary>
    public int? DropSeed { get; init; }

    /// <summary>Boosting rounds, one tree each.</summary>
    public int NumIterations { get; init => field = Allowed.AtLeast(value, 1, "num_iterations"); } = 100;

    /// <summary>What each tree's output is multiplied with.</summary>
    public double LearningRate { get; init => field = Allowed.Positive(value, "learning_rate"); } = 0.1;

    /// <summary>Most leaves a tree may have.</summary>
    public int NumLeaves { get; init => field = Allowed.Within(value, 2, 131072, "num_leaves"); } = 31;

    /// <summary>Most decisions between root and leaf; 0 or below is no limit.</summary>
    public int MaxDepth { get; init; } = -1;

    /// <summary>Fewest rows in a leaf. While splits are searched rows are estimated from hessians, as LightGBM does.</summary>
    public int MinDataInLeaf { get; init => field = Allowed.AtLeast(value, 0, "min_data_in_leaf"); } = 20;

    /// <summary>Least sum of hessians in a leaf.</summary>
    public double MinSumHessianInLeaf { get; init => field = Allowed.NotNegative(value, "min_sum_hessian_in_leaf"); } = 1e-3;

    /// <summary>L1 regularization of leaf outputs.</summary>
    public double LambdaL1 { get; init => field = Allowed.NotNegative(value, "lambda_l1"); }

    /// <summary>L2 regularization of leaf outputs.</summary>
    public double LambdaL2 { get; init => field = Allowed.NotNegative(value, "lambda_l2"); }

    /// <summary>Least gain a split must bring.</summary>
    public double MinGainToSplit { get; init => field = Allowed.NotNegative(value, "min_gain_to_split"); }

    /// <summary>Largest leaf output before shrinkage; 0 is no limit.</summary>
    public double MaxDeltaStep { get; init => field = Allowed.NotNegative(value, "max_delta_step"); }

    /// <summary>Smooths a leaf's output toward its parent's; 0 is off. Needs <see cref="MinDataInLeaf"/> of at least 2.</summary>
    public double PathSmooth { get; init => field = Allowed.NotNegative(value, "path_smooth"); }

    /// <summary>Most bins a feature is cut into, the one for missing values included; bins are kept in bytes.</summary>
    public int MaxBin { get; init => field = Allowed.Within(value, 2, 255, "max_bin"); } = 255;

    /// <summary>Fewest sampled rows in a bin.</summary>
    public int MinDataInBin { get; init => field = Allowed.AtLeast(value, 1, "min_data_in_bin"); } = 3;

    /// <summary>Rows drawn to find the bins.</summary>
    public int BinConstructSampleCnt { get; init => field = Allowed.AtLeast(value, 1, "bin_construct_sample_cnt"); } = 200000;

    /// <summary>Leaves out features that no split could use with <see cref="MinDataInLeaf"/>.</summary>
    public bool FeaturePreFilter { get; init; } = true;

    /// <summary>False reads NaN as 0 in numerical columns.</summary>
    public bool UseMissing { get; init; } = true;

    /// <summary>True makes 0 (and NaN) the missing value of numerical columns.</summary>
    public bool ZeroAsMissing { get; init; }

    /// <summary>Part of the features drawn for each tree.</summary>
    public double FeatureFraction { get; init => field = Allowed.Fraction(value, "feature_fraction"); } = 1;

    /// <summary>Part of the rows drawn when bagging.</summary>
    public double BaggingFraction { get; init => field = Allowed.Fraction(value, "bagging_fraction"); } = 1;

    /// <summary>Part of the rows with label 1 drawn when bagging; below 1 it replaces <see cref="BaggingFraction"/>.</summary>
    public double PosBaggingFraction { get; init => field = Allowed.Fraction(value, "pos_bagging_fraction"); } = 1;

    /// <summary>Part of the rows with label 0 drawn when bagging; below 1 it replaces <see cref="BaggingFraction"/>.</summary>
    public double NegBaggingFraction { get; init => field = Allowed.Fraction(value, "neg_bagging_fraction"); } = 1;

    /// <summary>Iterations between two draws of rows; 0 turns bagging off.</summary>
    public int BaggingFreq { get; init => field = Allowed.AtLeast(value, 0, "bagging_freq"); }

    /// <summary>
    /// One direction a feature: 1 the score may only rise with it, -1 only fall, 0 free; empty frees all. LightGBM's basic method.
    /// </summary>
    public ImmutableArray<int> MonotoneConstraints { get; init => field = Directions(value); } = [];

    /// <summary>A categorical feature with at most this many bins is split one category against the rest.</summary>
    public int MaxCatToOnehot { get; init => field = Allowed.AtLeast(value, 1, "max_cat_to_onehot"); } = 4;

    /// <summary>Most categories on the smaller side of a categorical split.</summary>
    public int MaxCatThreshold { get; init => field = Allowed.AtLeast(value, 1, "max_cat_threshold"); } = 32;

    /// <summary>L2 regularization added in categorical splits of many against many.</summary>
    public double CatL2 { get; init => field = Allowed.NotNegative(value, "cat_l2"); } = 10;

    /// <summary>Smooths the order of categories, and leaves out categories with fewer rows.</summary>
    public double CatSmooth { get; init => field = Allowed.NotNegative(value, "cat_smooth"); } = 10;

    /// <summary>Fewest rows between two candidate category groups.</summary>
    public int MinDataPerGroup { get; init => field = Allowed.AtLeast(value, 1, "min_data_per_group"); } = 100;

    /// <summary>Stops after this many iterations without a better validation metric; 0 is off. Needs a validation table.</summary>
    public int EarlyStoppingRound { get; init => field = Allowed.AtLeast(value, 0, "early_stopping_round"); }

    /// <summary>
    /// Seed of everything drawn. The seeds of the bin sample, of drawn rows, of dropped trees and of the feature draws come
    /// from it as LightGBM derives its own; null takes LightGBM's fixed defaults for the four (1, 3, 4 and 2).
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Threads used; 0 is one a core. The model does not depend on it.</summary>
    public int NumThreads { get; init => field = Allowed.AtLeast(value, 0, "num_threads"); }

    /// <summary>
    /// Keeps features of which no row has two away from their default bins in one column: faster and smaller for one-hot columns,
    /// and the same trees.
    /// </summary>
    public bool EnableBundle { get; init; } = true;

    /// <summary>Rounds gradients and hessians to few whole steps while a tree is grown (Shi et al. 2022).</summary>
    public bool UseQuantizedGrad { get; init; }

    /// <summary>Steps from 0 to the largest hessian; gradients have as many from the most negative to the most positive.</summary>
    public int NumGradQuantBins { get; init => field = Allowed.Within(value, 2, 127, "num_grad_quant_bins"); } = 4;

    /// <summary>
    /// With <see cref="UseQuantizedGrad"/>: takes the finished leaves' outputs from the gradients as they were before rounding.
    /// </summary>
    public bool QuantTrainRenewLeaf { get; init; }

    /// <summary>
    /// With <see cref="UseQuantizedGrad"/>: rounds up as often as a value is near the next step, so that sums are right in the
    /// mean; else to the nearest step.
    /// </summary>
    public bool StochasticRounding { get; init; } = true;

    /// <summary>Several classes, each with an output of its own.</summary>
    internal bool IsMulticlass => Objective is TrainingObjective.Multiclass or TrainingObjective.MulticlassOva;

    private static ImmutableArray<int> Directions(ImmutableArray<int> value)
    {
        var directions = value.IsDefault ? [] : value;
        foreach (var direction in directions)
        {
            Allowed.Within(direction, -1, 1, "monotone_constraints");
        }

        return directions;
    }
}
