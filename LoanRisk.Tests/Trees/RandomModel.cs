using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees;

/// <summary>Random sound trees of every kind of split, with row counts that add up, some of them zero.</summary>
internal static class RandomModel
{
    public static TreeModel Of(Random random, int trees, int leaves, int features) => new()
    {
        Objective = "regression",
        FeatureNames = [.. Enumerable.Range(0, features).Select(static i => $"f{i}")],
        FeatureInfos = [.. Enumerable.Repeat("none", features)],
        Trees = [.. Enumerable.Range(0, trees).Select(_ => Tree(random, leaves, features))],
    };

    /// <summary>Splits a random leaf again and again, as a leaf-wise trainer does.</summary>
    private static Tree Tree(Random random, int leaves, int features)
    {
        var (left, right) = (new int[leaves - 1], new int[leaves - 1]);
        var parents = new List<(int Node, bool IsLeft)> { (-1, false) };
        for (var node = 0; node < leaves - 1; node++)
        {
            var leaf = random.Next(node + 1);
            var (parent, isLeft) = parents[leaf];
            if (parent >= 0)
            {
                (isLeft ? left : right)[parent] = node;
            }

            (left[node], right[node]) = (~leaf, ~(node + 1));
            parents[leaf] = (node, true);
            parents.Add((node, false));
        }

        var counts = Enumerable.Range(0, leaves).Select(_ => (long)(random.Next(8) == 0 ? 0 : random.Next(1, 1000))).ToArray();
        counts[0] = Math.Max(1, counts[0]);
        var isCategorical = Enumerable.Range(0, leaves - 1).Select(_ => random.Next(3) == 0).ToArray();
        var sets = 0;
        return new Tree
        {
            SplitFeature = [.. Enumerable.Range(0, leaves - 1).Select(_ => random.Next(features))],
            DecisionType = [.. isCategorical.Select(categorical =>
                DecisionType.Of(categorical, random.Next(2) == 0, (MissingType)random.Next(3)))],
            Threshold = [.. isCategorical.Select(categorical => categorical ? sets++ : (random.NextDouble() - 0.5) * 6)],
            CategoryBoundaries = sets == 0 ? [] : [.. Enumerable.Range(0, sets + 1)],
            CategoryBits = [.. Enumerable.Range(0, sets).Select(_ => (uint)random.NextInt64(1L << 32))],
            LeftChild = [.. left],
            RightChild = [.. right],
            LeafValue = [.. counts.Select(_ => random.NextDouble() - 0.5)],
            LeafCounts = [.. counts],
        };
    }
}
