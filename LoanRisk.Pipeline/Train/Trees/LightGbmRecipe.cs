using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.LightGbm;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>Boosted trees by LightGBM over the rows of several machines, which stop early on every fifth row of each.</summary>
/// <param name="parameters">Parameters with directions and seed.</param>
/// <param name="imbalance">What is done about few bad loans.</param>
/// <param name="machines">The machines.</param>
internal sealed class LightGbmRecipe(TrainingParameters parameters, ImbalanceRule imbalance, ITrainingMachines machines) : IModelRecipe
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Parameters { get; } =
        new Dictionary<string, string>(TreesRecipe.ToMap(parameters.ToPairs(), imbalance), StringComparer.Ordinal)
        {
            [TreeRecipes.TrainerParameter] = TreeRecipes.LightGbm,
        };

    /// <inheritdoc/>
    public ITrainingMachines Machines => machines;

    /// <inheritdoc/>
    public TreeModel Fit(DataSet data, int[] rows, int threads, Action<int>? progress, CancellationToken cancellationToken)
    {
        var (trees, stopping) = DataSplit.Stop(rows, data.Groups);
        return LightGbmTraining.Train(
            new LightGbmRows(data, trees, stopping),
            Imbalance.Parameters(parameters, machines.All(data.BadOf(trees)), imbalance),
            machines,
            progress,
            cancellationToken);
    }
}
