namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>How trees follow on each other.</summary>
    public BoostingType Boosting { get; init => field = ChoiceNames.Boostings.Defined(value); } = BoostingType.Gbdt;

    /// <summary>How rows are drawn.</summary>
    public DataSampleStrategy DataSampleStrategy { get; init => field = ChoiceNames.Strategies.Defined(value); } = DataSampleStrategy.Bagging;

    /// <summary>Part of the rows that goss keeps for their large gradients.</summary>
    public double TopRate { get; init => field = Allowed.Fraction(value, "top_rate"); } = 0.2;

    /// <summary>Part of all rows that goss draws from the others. With <see cref="TopRate"/> at most 1.</summary>
    public double OtherRate { get; init => field = Allowed.Fraction(value, "other_rate"); } = 0.1;

    /// <summary>Dart: the mean part of the trees so far that an iteration leaves out.</summary>
    public double DropRate { get; init => field = Allowed.Share(value, "drop_rate"); } = 0.1;

    /// <summary>Dart: most iterations left out at a time; below 0 is no limit.</summary>
    public int MaxDrop { get; init => field = value is not 0 ? value : throw Allowed.Refusal("max_drop", "0", "at least 1, or -1 for no limit"); } = 50;

    /// <summary>Dart: how likely an iteration is to leave out none.</summary>
    public double SkipDrop { get; init => field = Allowed.Share(value, "skip_drop"); } = 0.5;

    /// <summary>Dart: leaves out all trees alike instead of heavy ones more often.</summary>
    public bool UniformDrop { get; init; }

    /// <summary>Dart: weighs a new tree and those left out as XGBoost does.</summary>
    public bool XgboostDartMode { get; init; }

    /// <summary>Dart: the seed of what is left out; null takes the one that <see cref="Seed"/> gives.</summary>
    public int? DropSeed { get; init; }
}
