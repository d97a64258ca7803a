using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LoanRisk.Trees.Text;

/// <summary>Writes one tree with the keys, the order and the digits LightGBM uses.</summary>
internal static class TreeWriter
{
    public static string Write(Tree tree, int index)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"Tree={index}\nnum_leaves={tree.LeafCount}\nnum_cat={Math.Max(0, tree.CategoryBoundaries.Length - 1)}\n");
        Whole(text, "split_feature", tree.SplitFeature, tree);
        Numbers(text, "split_gain", tree.SplitGain, NumberText.ShortDigits, tree);
        Numbers(text, "threshold", tree.Threshold, NumberText.ExactDigits, tree);
        Whole(text, "decision_type", [.. tree.DecisionType.Select(static decision => decision.Bits)], tree);
        Whole(text, "left_child", tree.LeftChild, tree);
        Whole(text, "right_child", tree.RightChild, tree);
        Numbers(text, "leaf_value", tree.LeafValue, NumberText.ExactDigits, tree);
        Numbers(text, "leaf_weight", tree.LeafWeight, NumberText.ExactDigits, tree);
        Whole(text, "leaf_count", tree.LeafCounts, tree);
        Numbers(text, "internal_value", tree.InternalValue, NumberText.ShortDigits, tree);
        Numbers(text, "internal_weight", tree.InternalWeight, NumberText.ShortDigits, tree);
        Whole(text, "internal_count", tree.InternalCount, tree);
        if (!tree.CategoryBoundaries.IsEmpty)
        {
            Whole(text, "cat_boundaries", tree.CategoryBoundaries, tree);
            Whole(text, "cat_threshold", tree.CategoryBits, tree);
        }

        text.Append("is_linear=0\nshrinkage=");
        NumberText.Append(text, tree.Shrinkage, NumberText.ShortDigits);
        return text.Append("\n\n\n").ToString();
    }

    // LightGBM reads a tree with splits when a line is absent, but not when it is empty.
    private static bool IsAbsent(int values, Tree tree) => values == 0 && tree.NodeCount > 0;

    private static void Whole<T>(StringBuilder text, string key, ImmutableArray<T> values, Tree tree)
    {
        if (!IsAbsent(values.Length, tree))
        {
            text.Append(key).Append('=').AppendJoin(' ', values).Append('\n');
        }
    }

    private static void Numbers(StringBuilder text, string key, ImmutableArray<double> values, int digits, Tree tree)
    {
        if (IsAbsent(values.Length, tree))
        {
            return;
        }

        text.Append(key).Append('=');
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i == 0 ? "" : " ");
            NumberText.Append(text, values[i], digits);
        }

        text.Append('\n');
    }
}
