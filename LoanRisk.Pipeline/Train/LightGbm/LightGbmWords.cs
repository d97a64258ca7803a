using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>Training parameters as LightGBM's native library takes them: NAME=VALUE words.</summary>
internal static class LightGbmWords
{
    // What is true or false; the library takes no 1 or 0 there.
    private static readonly string[] Flags =
    [
        "xgboost_dart_mode", "uniform_drop", "enable_bundle", "use_quantized_grad", "quant_train_renew_leaf", "stochastic_rounding",
        "use_missing", "zero_as_missing", "feature_pre_filter", "is_unbalance", "boost_from_average", "reg_sqrt",
    ];

    // How many trees there are is decided here, by measures over the rows of all machines; LightGBM's own are of one machine's.
    private static readonly string[] Ours = ["num_iterations", "early_stopping_round", "metric"];

    /// <summary>The words.</summary>
    public static string Of(TrainingParameters parameters, LoanProduct product, int machines) =>
        string.Join(' ', All(parameters, product, machines));

    private static IEnumerable<string> All(TrainingParameters parameters, LoanProduct product, int machines)
    {
        foreach (var (name, value) in parameters.ToPairs().Where(pair => !Ours.Contains(pair.Key)))
        {
            yield return $"{name}={(Flags.Contains(name) ? value == "1" ? "true" : "false" : value)}";
        }

        yield return "metric=none verbosity=-1 deterministic=true force_row_wise=true";
        if (parameters.NumThreads > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"num_threads={parameters.NumThreads}");
        }

        if (product.CategoricalFeatures is { Count: > 0 } categories)
        {
            yield return $"categorical_feature={string.Join(',', categories)}";
        }

        if (machines > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"tree_learner=data pre_partition=true num_machines={machines}");
        }
    }
}
