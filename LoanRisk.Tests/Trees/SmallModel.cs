using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Trees;

/// <summary>A model text small enough to read: a tree with a number, a category and a missing value, then a tree of one leaf.</summary>
internal static class SmallModel
{
    /// <summary>Without tree_sizes, so that a test can change a line of a tree and meet that line's own check.</summary>
    public const string Text = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=2
        objective=binary sigmoid:1
        feature_names=income rate grade
        monotone_constraints=-1 1 0
        feature_infos=[-1.5:inf] none 0:1:2:40

        Tree=0
        num_leaves=4
        num_cat=1
        split_feature=0 2 1
        split_gain=9 5 3.25
        threshold=2.5 0 0.5
        decision_type=10 1 2
        left_child=1 -1 -2
        right_child=2 -3 -4
        leaf_value=-0.5 0.25 0.75 1.5
        leaf_weight=10 20 30 40
        leaf_count=10 20 30 40
        internal_value=0.5 0.25 1
        internal_weight=100 40 60
        internal_count=100 40 60
        cat_boundaries=0 2
        cat_threshold=5 256
        is_linear=0
        shrinkage=0.1


        Tree=1
        num_leaves=1
        num_cat=0
        leaf_value=0.25
        leaf_count=100
        shrinkage=1


        end of trees

        feature_importances:
        income=1
        rate=1
        grade=1

        parameters:
        [objective: binary]
        [num_leaves: 4]

        end of parameters

        pandas_categorical:null

        """;

    /// <summary>The number, from 1, of the line that starts so.</summary>
    public static int LineOf(string start) =>
        Array.FindIndex(Text.Split('\n'), line => line.StartsWith(start, StringComparison.Ordinal)) + 1;

    /// <summary>The text with one line replaced; the line is named by its start and must exist.</summary>
    public static string WithLine(string start, string replacement)
    {
        var pattern = new Regex(
            "^" + Regex.Escape(start) + ".*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Matches(pattern, Text);
        return pattern.Replace(Text, replacement.Replace("$", "$$", StringComparison.Ordinal), 1);
    }
}
