using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>Boosted trees that stop early on every fifth of their rows.</summary>
/// <param name="parameters">Parameters with directions and seed.</param>
/// <param name="imbalance">What is done about few bad loans.</param>
public sealed class TreesRecipe(TrainingParameters parameters, ImbalanceRule imbalance = ImbalanceRule.None) : IModelRecipe
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters { get; } = ToMap(parameters.ToPairs(), imbalance);

    /// <inheritdoc/>
    public TreeModel Fit(DataSet data, int[] rows, int threads, Action<int>? progress, CancellationToken cancellationToken)
    {
        var (trees, stopping) = DataSplit.Stop(rows, data.Groups);
        return Trainer.Train(
            Imbalance.Table(data, trees, imbalance, parameters.Seed ?? 0, cancellationToken),
            Imbalance.Parameters(parameters, data.BadOf(trees), imbalance) with { NumThreads = threads },
            data.Table(stopping),
            progress is null ? null : new IterationProgress(progress),
            cancellationToken).Model;
    }

    /// <summary>The parameters as the manifest holds them.</summary>
    internal static Dictionary<string, string> ToMap(
        IEnumerable<KeyValuePair<string, string>> parameters, ImbalanceRule imbalance)
    {
        var map = parameters.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        if (imbalance != ImbalanceRule.None)
        {
            map["imbalance"] = imbalance.ToString().ToLowerInvariant();
        }

        return map;
    }

    private sealed class IterationProgress(Action<int> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value.Iteration);
    }
}
