using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>Models trained here on made-up loans, 31 leaves a tree.</summary>
internal static class SyntheticModels
{
    public const int MostTrees = 1000;

    private static readonly Lazy<TreeModel> Largest = new(
        static () => Trainer.Train(new SyntheticLoans(20_000, seed: 1).Table(), Parameters(MostTrees)).Model);

    public static TrainingParameters Parameters(int trees, int threads = 0) =>
        new() { NumIterations = trees, NumLeaves = 31, NumThreads = threads };

    /// <summary>The first trees of the largest model.</summary>
    public static TreeModel Of(int trees) => new()
    {
        Objective = Largest.Value.Objective,
        FeatureNames = Largest.Value.FeatureNames,
        FeatureInfos = Largest.Value.FeatureInfos,
        Trees = Largest.Value.Trees[..trees],
    };
}
