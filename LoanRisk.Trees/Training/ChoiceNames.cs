namespace LoanRisk.Trees.Training;

/// <summary>The names of an enumeration's values in LightGBM's spelling.</summary>
/// <param name="parameter">The parameter that takes them.</param>
/// <param name="entries">Each value's name and other names.</param>
internal sealed class ChoiceNames<T>(string parameter, params (T Value, string Name, string[] Aliases)[] entries)
    where T : struct, Enum
{
    private string Names => string.Join(", ", entries[..^1].Select(e => e.Name)) + " or " + entries[^1].Name;

    public string Of(T value) => entries.First(e => e.Value.Equals(value)).Name;

    /// <exception cref="ArgumentException">No value has that name.</exception>
    public T Parse(string text)
    {
        var lower = text.ToLowerInvariant();
        foreach (var (value, name, aliases) in entries)
        {
            if (lower == name || aliases.Contains(lower))
            {
                return value;
            }
        }

        throw Allowed.Refusal(parameter, text, Names);
    }

    public T Defined(T value) => Enum.IsDefined(value) ? value : throw Allowed.Refusal(parameter, value.ToString(), Names);
}

/// <summary>The parameters that take names.</summary>
internal static class ChoiceNames
{
    public static ChoiceNames<TrainingObjective> Objectives { get; } = new(
        "objective",
        (TrainingObjective.Binary, "binary", []),
        (TrainingObjective.Regression, "regression",
            ["regression_l2", "l2", "mean_squared_error", "mse", "l2_root", "root_mean_squared_error", "rmse"]),
        (TrainingObjective.Poisson, "poisson", []),
        (TrainingObjective.CrossEntropy, "cross_entropy", ["xentropy"]),
        (TrainingObjective.Multiclass, "multiclass", ["softmax"]),
        (TrainingObjective.MulticlassOva, "multiclassova", ["multiclass_ova", "ova", "ovr"]));

    public static ChoiceNames<TrainingMetric> Metrics { get; } = new(
        "metric",
        (TrainingMetric.Auc, "auc", []),
        (TrainingMetric.BinaryLogLoss, "binary_logloss", ["binary"]),
        (TrainingMetric.L2, "l2", ["regression", "regression_l2", "mean_squared_error", "mse"]),
        (TrainingMetric.Rmse, "rmse", ["l2_root", "root_mean_squared_error"]),
        (TrainingMetric.L1, "l1", ["regression_l1", "mean_absolute_error", "mae"]),
        (TrainingMetric.Poisson, "poisson", []),
        (TrainingMetric.CrossEntropy, "cross_entropy", ["xentropy"]),
        (TrainingMetric.MultiLogLoss, "multi_logloss", ["multiclass", "softmax", "multiclassova", "multiclass_ova", "ova", "ovr"]),
        (TrainingMetric.MultiError, "multi_error", []));

    public static ChoiceNames<BoostingType> Boostings { get; } = new(
        "boosting",
        (BoostingType.Gbdt, "gbdt", ["gbrt"]),
        (BoostingType.Dart, "dart", []),
        (BoostingType.Rf, "rf", ["random_forest"]));

    public static ChoiceNames<DataSampleStrategy> Strategies { get; } = new(
        "data_sample_strategy",
        (DataSampleStrategy.Bagging, "bagging", []),
        (DataSampleStrategy.Goss, "goss", []));
}
