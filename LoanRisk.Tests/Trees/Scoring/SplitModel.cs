using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>
/// Random trees whose splits are as a trainer leaves them: each feature is a number or a category, thresholds come from a few
/// values.
/// </summary>
/// <param name="Leaves">Leaves of a tree.</param>
/// <param name="Features">Features of the model.</param>
/// <param name="Cuts">Different thresholds a feature has at most.</param>
/// <param name="Categories">Categories of a categorical feature; those of its sets lie up to this.</param>
/// <param name="IsMixed">A feature's nodes have any missing type; otherwise the feature has one.</param>
internal sealed record SplitModel(int Leaves, int Features, int Cuts, int Categories, bool IsMixed)
{
    private static readonly double[] Near =
        [0, -0.0, 1e-35f, -1e-35f, 1.1e-35, -1.1e-35, 1e-36, -1e-36, double.Epsilon,
        double.MaxValue, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>The share of features that hold categories, when there are any.</summary>
    public double CategoricalShare { get; init; } = 0.25;

    /// <summary>The missing type of every node; null leaves it to chance.</summary>
    public MissingType? Missing { get; init; }

    public TreeModel Of(Random random, int trees, int classes = 1)
    {
        var cuts = Enumerable.Range(0, Features).Select(_ => Enumerable.Range(0, Cuts).Select(_ => Cut(random)).ToArray()).ToArray();
        var kinds = Enumerable.Range(0, Features)
            .Select(_ => (IsCategorical: Categories > 0 && random.NextDouble() < CategoricalShare,
            Missing: Missing ?? (MissingType)random.Next(3))).ToArray();
        var shapes = RandomModel.Of(random, trees * classes, Leaves, Features);
        return new()
        {
            Objective = "regression",
            FeatureNames = shapes.FeatureNames,
            FeatureInfos = shapes.FeatureInfos,
            TreesPerIteration = classes,
            ClassCount = classes,
            Trees = [.. shapes.Trees.Select(tree => random.Next(20) == 0
                ? new Tree { LeafValue = [random.NextDouble()] }
                : Split(random, tree, kinds, cuts))],
        };
    }

    private Tree Split(Random random, Tree tree, (bool IsCategorical, MissingType Missing)[] kinds, double[][] cuts)
    {
        var sets = new List<uint[]>();
        var thresholds = new double[tree.NodeCount];
        var decisions = new DecisionType[tree.NodeCount];
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var feature = tree.SplitFeature[node];
            var (isCategorical, missing) = kinds[feature];
            thresholds[node] = isCategorical ? sets.Count : cuts[feature][random.Next(Cuts)];
            decisions[node] = DecisionType.Of(isCategorical, random.Next(2) == 0, IsMixed ? (MissingType)random.Next(3) : missing);
            if (isCategorical)
            {
                sets.Add([.. Enumerable.Range(0, random.Next(1, (Categories / 32) + 2)).Select(_ => (uint)random.NextInt64(1L << 32))]);
            }
        }

        return tree with
        {
            Threshold = [.. thresholds],
            DecisionType = [.. decisions],
            CategoryBoundaries = sets.Count == 0 ? [] : [0, .. sets.Select((_, i) => sets.Take(i + 1).Sum(static set => set.Length))],
            CategoryBits = [.. sets.SelectMany(static set => set)],
        };
    }

    private static double Cut(Random random) => random.Next(6) == 0 ? Near[random.Next(Near.Length)] : (random.NextDouble() - 0.5) * 20;
}
