using LoanRisk.Trees;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// How many rows reach each node and leaf, which SHAP values weigh branches with and an ML.NET model does not keep.
/// </summary>
public static class RowCounts
{
    /// <summary>The model with counts of some rows: all of them, where LightGBM counts those that bagging drew for the tree.</summary>
    /// <param name="model">The trees.</param>
    /// <param name="columns">The rows, one array a feature.</param>
    public static TreeModel Of(TreeModel model, IReadOnlyList<double[]> columns)
    {
        var counts = model.Trees.Select(tree => new long[tree.LeafCount]).ToArray();
        var row = new double[columns.Count];
        var leaves = new int[model.Trees.Length];
        for (var i = 0; i < columns[0].Length; i++)
        {
            for (var f = 0; f < row.Length; f++)
            {
                row[f] = columns[f][i];
            }

            model.PredictLeaves(row, leaves);
            for (var t = 0; t < leaves.Length; t++)
            {
                counts[t][leaves[t]]++;
            }
        }

        return With(model, counts);
    }

    private static TreeModel With(TreeModel model, long[][] counts) => new()
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = model.FeatureInfos,
        MonotoneConstraints = model.MonotoneConstraints,
        Parameters = model.Parameters,
        Trees =
        [
            .. model.Trees.Select((tree, t) => tree with { LeafCounts = [.. counts[t]], InternalCount = [.. Inner(tree, counts[t])] }),
        ],
    };

    private static long[] Inner(Tree tree, long[] leaves)
    {
        var inner = new long[tree.NodeCount];
        foreach (var node in BottomUp(tree))
        {
            inner[node] = Count(tree.LeftChild[node]) + Count(tree.RightChild[node]);
        }

        return inner;

        long Count(int child) => child < 0 ? leaves[~child] : inner[child];
    }

    // Every node after its children, without recursion: a chain can be as deep as the tree has nodes.
    private static List<int> BottomUp(Tree tree)
    {
        var order = new List<int>(tree.NodeCount);
        var open = new Stack<int>();
        if (tree.NodeCount > 0)
        {
            open.Push(0);
        }

        while (open.TryPop(out var node))
        {
            order.Add(node);
            foreach (var child in new[] { tree.LeftChild[node], tree.RightChild[node] })
            {
                if (child >= 0)
                {
                    open.Push(child);
                }
            }
        }

        order.Reverse();
        return order;
    }
}
