using LoanRisk.MLNet.Training;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>
/// Boosted trees by ML.NET's LightGBM, which stop early on every fifth of their rows. Always on one native thread: LightGBM's threads spin
/// while they wait, and beside other work two of them take many times the processor time of one.
/// </summary>
/// <param name="parameters">Parameters with directions and seed, which ML.NET's trainer can do.</param>
/// <param name="imbalance">What is done about few bad loans.</param>
internal sealed class MLNetRecipe(TrainingParameters parameters, ImbalanceRule imbalance) : IModelRecipe
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters { get; } =
        new Dictionary<string, string>(TreesRecipe.ToMap(MLNetTrainer.Taken(parameters), imbalance), StringComparer.Ordinal)
        {
            [TreeRecipes.TrainerParameter] = TreeRecipes.MLNet,
        };

    /// <inheritdoc/>
    public TreeModel Fit(DataSet data, int[] rows, int threads, Action<int>? progress, CancellationToken cancellationToken)
    {
        var (trees, stopping) = DataSplit.Stop(rows, data.Groups);
        var model = MLNetTrainer.Train(
            Imbalance.Table(data, trees, imbalance, parameters.Seed ?? 0, cancellationToken),
            Imbalance.Parameters(parameters, data.BadOf(trees), imbalance) with { NumThreads = 1 },
            ProductColumns.Of(data.Product),
            data.Table(stopping),
            cancellationToken);
        progress?.Invoke(model.Trees.Length); // ML.NET tells nothing of its rounds before
        return model;
    }
}
