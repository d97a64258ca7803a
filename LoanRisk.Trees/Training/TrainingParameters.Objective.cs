namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>What is learned. LightGBM's default is regression; here it is binary.</summary>
    public TrainingObjective Objective { get; init => field = ChoiceNames.Objectives.Defined(value); } = TrainingObjective.Binary;

    /// <summary>Classes of <see cref="TrainingObjective.Multiclass"/> and <see cref="TrainingObjective.MulticlassOva"/>, at least 2; 1 for the others.</summary>
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

    /// <summary>Several classes, each with an output of its own.</summary>
    internal bool IsMulticlass => Objective is TrainingObjective.Multiclass or TrainingObjective.MulticlassOva;
}
