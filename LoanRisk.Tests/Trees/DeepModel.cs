using System.Globalization;

namespace LoanRisk.Tests.Trees;

/// <summary>Texts of trees as deep as they have nodes.</summary>
internal static class DeepModel
{
    /// <summary>A chain: node i goes right to leaf i + 1 unless its feature is above 0.5, else on to node i + 1.</summary>
    public static string Chain(int nodes, int features)
    {
        var indices = Enumerable.Range(0, nodes).ToArray();
        return string.Join('\n', [
            "tree", "version=v4", "num_class=1", "num_tree_per_iteration=1",
            "label_index=0", $"max_feature_idx={features - 1}", "objective=regression",
            "feature_names=" + string.Join(' ', Enumerable.Range(0, features).Select(static i => $"f{i}")),
            "feature_infos=" + string.Join(' ', Enumerable.Repeat("none", features)), "",
            "Tree=0", $"num_leaves={nodes + 1}", "num_cat=0",
            "split_feature=" + string.Join(' ', indices.Select(i => i % features)),
            "threshold=" + string.Join(' ', indices.Select(static _ => "0.5")),
            "decision_type=" + string.Join(' ', indices.Select(static _ => "2")),
            "left_child=" + string.Join(' ', indices.Select(static i => ~(i + 1))),
            "right_child=" + string.Join(' ', indices.Select(i => i == nodes - 1 ? ~0 : i + 1)),
            "leaf_value=" + string.Join(
                ' ', Enumerable.Range(0, nodes + 1).Select(static i => (i % 13 * 0.25).ToString(CultureInfo.InvariantCulture))),
            "leaf_count=" + string.Join(' ', Enumerable.Range(0, nodes + 1).Select(static i => 20 + (i % 50))),
            "shrinkage=1", "", "", "end of trees", "",
        ]);
    }
}
