using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Explaining;

/// <summary>
/// SHAP values by their definition, over every subset of features: the expectation of the tree when only a subset is
/// known, weighing unknown branches by their training rows. Time doubles with every feature.
/// </summary>
internal static class SubsetShap
{
    public static double[] Of(TreeModel model, double[] row)
    {
        var features = model.FeatureCount;
        var values = new double[features + 1];
        var expectations = Enumerable.Range(0, 1 << features)
            .Select(known => model.Trees.Sum(tree => Expectation(model, tree, row, known))).ToArray();
        values[features] = expectations[0];
        for (var feature = 0; feature < features; feature++)
        {
            for (var known = 0; known < expectations.Length; known++)
            {
                if ((known >> feature & 1) == 0)
                {
                    values[feature] += Weight(int.PopCount(known), features) * (expectations[known | (1 << feature)] - expectations[known]);
                }
            }
        }

        return values;
    }

    // |S|! (n - |S| - 1)! / n!
    private static double Weight(int known, int features)
    {
        var weight = 1.0 / features;
        for (var i = 1; i <= known; i++)
        {
            weight *= (double)i / (features - i);
        }

        return weight;
    }

    private static double Expectation(TreeModel model, Tree tree, double[] row, int known) =>
        tree.NodeCount == 0 ? tree.LeafValue[0] : At(model, tree, row, known, 0);

    private static double At(TreeModel model, Tree tree, double[] row, int known, int child)
    {
        if (child < 0)
        {
            return tree.LeafValue[~child];
        }

        var (left, right) = (tree.LeftChild[child], tree.RightChild[child]);
        if ((known >> tree.SplitFeature[child] & 1) != 0)
        {
            return At(model, tree, row, known, GoesLeft(tree, child, row) ? left : right);
        }

        var (leftRows, rightRows) = (Rows(tree, left), Rows(tree, right));
        var share = leftRows + rightRows == 0 ? 0.5 : leftRows / (leftRows + rightRows);
        return (share * At(model, tree, row, known, left)) + ((1 - share) * At(model, tree, row, known, right));
    }

    private static double Rows(Tree tree, int child) =>
        child < 0 ? tree.LeafCounts[~child] : Rows(tree, tree.LeftChild[child]) + Rows(tree, tree.RightChild[child]);

    // Asks the engine about this one split, as a stump of its own.
    private static bool GoesLeft(Tree tree, int node, double[] row)
    {
        var stump = tree with
        {
            SplitFeature = [tree.SplitFeature[node]], Threshold = [tree.Threshold[node]],
            DecisionType = [tree.DecisionType[node]], LeftChild = [-1], RightChild = [-2], LeafValue = [1, 0], LeafCounts = [],
        };
        var model = new TreeModel { Objective = "",
            FeatureNames = [.. row.Select(static (_, i) => $"f{i}")], FeatureInfos = [], Trees = [stump] };
        return model.PredictRaw(row) == 1;
    }
}
