using LoanRisk.Trees;
using LoanRisk.Trees.Text;

namespace LoanRisk.Tests.Trees.Text;

/// <summary>Damaged model texts: each is refused, and the message names the line and the key.</summary>
public sealed class DamagedTextTests
{
    // The line to damage by its start, what stands there instead, the line and the key the error names, a part of the message.
    public static TheoryData<string, string, int, string, string> DamagedLines => new()
    {
        { "tree", "forest", 1, "tree", "starts with the line" },
        { "version=", "version=v5", 2, "version", "\"v5\" is not read; v2, v3 and v4 are" },
        { "version=", "version=v1", 2, "version", "\"v1\" is not read" },
        { "version=", "", 1, "version", "is missing in the header" },
        { "num_class=", "num_class=0", 3, "num_class", "\"0\" is not a whole number from 1" },
        { "num_class=", "num_class=99999999999", 3, "num_class", "is not a whole number" },
        { "num_class=", "num_class=3", 3, "num_class", "num_tree_per_iteration is 1" },
        { "num_class=", "num_class=1\nnum_class=1", 4, "num_class", "stands twice in the header; first on line 3" },
        { "num_tree_per_iteration=", "num_tree_per_iteration=2147483647", 4,
            "num_tree_per_iteration", "2 trees do not make whole iterations" },
        { "num_tree_per_iteration=", "num_tree_per_iteration=-1", 4, "num_tree_per_iteration", "is not a whole number from 1" },
        { "label_index=", "label_index=x", 5, "label_index", "\"x\" is not a whole number" },
        { "max_feature_idx=", "max_feature_idx=3", 8, "feature_names", "has 3 entries, max_feature_idx says 4" },
        { "max_feature_idx=", "max_feature_idx=2147483646", 8, "feature_names", "has 3 entries" },
        { "max_feature_idx=", "max_feature_idx=-1", 6, "max_feature_idx", "is not a whole number from 0" },
        { "objective=", "objective=binary", 7, "objective", "needs sigmoid:" },
        { "objective=", "objective=binary sigmoid:0", 7, "objective", "a number above 0" },
        { "objective=", "objective=binary sigmoid:nan", 7, "objective", "a number above 0" },
        { "objective=", "objective=multiclass num_class:4", 7, "objective", "needs num_class:1" },
        { "objective=", "objective=bin\tary", 7, "objective", "control character" },
        { "objective=", "average", 7, "average", "is not a line of the header" },
        { "objective=", "goal=5", 7, "goal", "is not a key of the header" },
        { "feature_names=", "feature_names=income rate income", 8, "feature_names", "\"income\" stands twice" },
        { "feature_names=", "feature_names=income rate", 8, "feature_names", "has 2 entries, max_feature_idx says 3" },
        { "monotone_constraints=", "monotone_constraints=-1 1", 9, "monotone_constraints", "-1, 0 or 1 for each of the 3" },
        { "monotone_constraints=", "monotone_constraints=-1 1 2", 9, "monotone_constraints", "-1, 0 or 1" },
        { "feature_infos=", "feature_infos=[0:1] none [3]", 10, "feature_infos", "\"[3]\" is not none" },
        { "feature_infos=", "feature_infos=[0:1] none 0:a", 10, "feature_infos", "\"0:a\" is not none" },
        { "feature_infos=", "feature_infos=[0:1] none [", 10, "feature_infos", "\"[\" is not none" },
        { "feature_infos=", "feature_infos=[0:1] none 0:1\ntree_sizes=1 2 3", 11, "tree_sizes", "gives tree 0 1 bytes" },
        { "feature_infos=", "feature_infos=[0:1] none 0:1\ntree_sizes=", 11, "tree_sizes", "has 0 entries, the text has 2 trees" },
        { "Tree=0", "Tree=1", 12, "Tree", "tree 1 stands where tree 0 is due" },
        { "Tree=0", "Tree=", 12, "Tree", "is not a whole number" },
        { "num_leaves=", "num_leaves=5", 21, "leaf_value", "has 4 values, num_leaves says 5" },
        { "num_leaves=", "num_leaves=2147483647", 21, "leaf_value", "has 4 values" },
        { "num_leaves=", "num_leaves=0", 13, "num_leaves", "is not a whole number from 1" },
        { "num_cat=", "num_cat=2", 14, "num_cat", "2 categorical splits need 3 cat_boundaries, there are 2" },
        { "num_cat=", "num_cat=2147483646", 14, "num_cat", "there are 2" },
        { "split_feature=", "split_feature=0 2", 15, "split_feature", "has 2 values, this tree needs 3" },
        { "split_feature=", "split_feature=0 2 3", 15, "split_feature", "node 2 splits on feature 3; the model has features 0 to 2" },
        { "split_feature=", "split_feature=0 2 -1", 15, "split_feature", "node 2 splits on feature -1" },
        { "split_feature=", "split_feature=0 2 1.5", 15, "split_feature", "value 3, \"1.5\", is not a whole number" },
        { "split_gain=", "split_gain=9 5", 16, "split_gain", "has 2 values, this tree needs 3" },
        { "threshold=", "threshold=2.5 0 nan", 17, "threshold", "node 2 has nan" },
        { "threshold=", "threshold=2.5 1 0.5", 17, "threshold", "categorical node 1 names split 1; the tree has 1" },
        { "threshold=", "threshold=2.5 0.5 0.5", 17, "threshold", "categorical node 1 names split 0.5" },
        { "threshold=", "threshold=2.5 -1 0.5", 17, "threshold", "categorical node 1 names split -1" },
        { "threshold=", "threshold=2.5 inf 0.5", 17, "threshold", "categorical node 1 names split" },
        { "threshold=", "threshold=2.5 0 1e999", 17, "threshold", "value 3, \"1e999\", is not a number" },
        { "threshold=", "threshold=2.5 0 0x5", 17, "threshold", "\"0x5\", is not a number" },
        { "threshold=", "threshold=2.5 0 0,5", 17, "threshold", "\"0,5\", is not a number" },
        { "threshold=", "", 12, "threshold", "is missing in tree 0" },
        { "decision_type=", "decision_type=10 1 12", 18, "decision_type", "node 2 has 12" },
        { "decision_type=", "decision_type=10 1 18", 18, "decision_type", "node 2 has 18" },
        { "decision_type=", "decision_type=10 1 256", 18, "decision_type", "\"256\", is not a whole number from 0 to 255" },
        { "left_child=", "left_child=1 -1 3", 19, "left_child", "node 2 has child 3; nodes are 1 to 2, leaves -1 to -4" },
        { "left_child=", "left_child=1 -1 -5", 19, "left_child", "node 2 has child -5" },
        { "left_child=", "left_child=1 -1 -2147483648", 19, "left_child", "node 2 has child -2147483648" },
        { "left_child=", "left_child=1 -1 0", 19, "left_child", "node 2 has child 0" },
        { "left_child=", "left_child=1 -1 -1", 19, "left_child", "node 2 has child -1, which has another parent" },
        { "right_child=", "right_child=1 -3 -4", 20, "right_child", "node 0 has child 1, which has another parent" },
        { "right_child=", "right_child=-4 -3 2", 19, "left_child", "1 nodes form a circle" },
        { "leaf_value=", "leaf_value=-0.5 0.25 0.75", 21, "leaf_value", "has 3 values, num_leaves says 4" },
        { "leaf_value=", "leaf_value=-0.5 0.25 0.75 inf", 21, "leaf_value", "is not a finite number" },
        { "leaf_value=", "leaf_value=-0.5 0.25 0.75 nan", 21, "leaf_value", "is not a finite number" },
        { "leaf_value=", "leaf_value=-0.5 0.25 0.75 1.5\nleaf_value=0 0 0 0",
            22, "leaf_value", "stands twice in tree 0; first on line 21" },
        { "leaf_weight=", "leaf_weight=1", 22, "leaf_weight", "has 1 values, this tree needs 4" },
        { "leaf_count=", "leaf_count=10 20 30 -40", 23, "leaf_count", "-40 is not a number of rows" },
        { "leaf_count=", "leaf_count=10 20 30 9223372036854775807", 23, "leaf_count", "is not a number of rows" },
        { "leaf_count=", "leaf_count=10 20 30 9223372036854775808", 23, "leaf_count", "is not a whole number" },
        { "internal_value=", "internal_value=1 2 3 4", 24, "internal_value", "has 4 values, this tree needs 3" },
        { "internal_weight=", "internal_weight=1 2 x", 25, "internal_weight", "\"x\", is not a number" },
        { "internal_count=", "internal_count=1 -2 3", 26, "internal_count", "-2 is not a number of rows" },
        { "cat_boundaries=", "cat_boundaries=1 2", 27, "cat_boundaries", "must start with 0" },
        { "cat_boundaries=", "cat_boundaries=0 -2", 27, "cat_boundaries", "-2 after 0" },
        { "cat_boundaries=", "cat_boundaries=0 2147483647", 27, "cat_boundaries", "ends at 2147483647, but cat_threshold has 2 words" },
        { "cat_threshold=", "cat_threshold=5", 27, "cat_boundaries", "ends at 2, but cat_threshold has 1 words" },
        { "cat_threshold=", "cat_threshold=5 4294967296", 28, "cat_threshold", "is not a whole number from 0 to 4294967295" },
        { "is_linear=", "is_linear=1", 29, "is_linear", "linear_tree=false" },
        { "is_linear=", "is_linear=0\nleaf_const=1 2 3 4", 30, "leaf_const", "linear_tree=false" },
        { "is_linear=", "is_linear=2", 29, "is_linear", "is not a whole number from 0 to 1" },
        { "shrinkage=", "shrinkage=fast", 30, "shrinkage", "\"fast\" is not a number" },
        { "shrinkage=", "depth=3", 30, "depth", "is not a key of tree 0" },
        { "Tree=1", "Tree=0", 33, "Tree", "tree 0 stands where tree 1 is due" },
        { "end of trees", "end of tree", 41, "end of trees", "\"end of tree\" is neither a tree nor" },
        { "end of parameters", "", 48, "parameters", "ends without \"end of parameters\"" },
        { "pandas_categorical:", "pandas_categorical:[[1, 2", 54, "pandas_categorical", "null or a list" },
        { "pandas_categorical:", "parameters:\nend of parameters", 54, "parameters", "stands twice" },
        { "pandas_categorical:", "Tree=2", 54, "end of trees", "\"Tree=2\" does not belong after the trees" },
    };

    [Theory]
    [MemberData(nameof(DamagedLines))]
    public void A_damaged_line_is_named(string start, string replacement, int line, string key, string message)
    {
        var error = Assert.Throws<ModelFormatException>(() => TreeModel.Parse(SmallModel.WithLine(start, replacement)));
        Assert.StartsWith($"Model text, line {line}, {key}: ", error.Message);
        Assert.Contains(message, error.Message);
        Assert.Equal((line, key), (error.Line, error.Key));
    }

    [Fact]
    public void The_undamaged_text_is_read() => Assert.Equal(2, TreeModel.Parse(SmallModel.Text).Trees.Length);

    [Theory]
    [InlineData("income=1", "salary=1")]
    [InlineData("income=1", "income=-1")]
    [InlineData("income=1", "what is this")]
    [InlineData("version=", "version=v2")]
    [InlineData("version=", "version=v3")]
    [InlineData("is_linear=", null)]
    public void What_only_informs_and_older_versions_change_no_answer(string start, string? replacement)
    {
        var lines = SmallModel.Text.Split('\n')
            .SelectMany(l => !l.StartsWith(start, StringComparison.Ordinal)
            ? [l]
            : replacement is null
            ? Array.Empty<string>()
            : [replacement]);

        Assert.Equal(TreeModel.Parse(SmallModel.Text).ToText(), TreeModel.Parse(string.Join('\n', lines)).ToText());
    }

    [Fact]
    public void A_text_cut_anywhere_before_its_trees_end_is_refused()
    {
        var end = SmallModel.Text.IndexOf("end of trees", StringComparison.Ordinal) + "end of trees".Length;
        for (var length = 0; length < end; length++)
        {
            Assert.Throws<ModelFormatException>(() => TreeModel.Parse(SmallModel.Text[..length]));
        }
    }

    [Fact]
    public void A_line_end_in_the_manner_of_Windows_changes_nothing()
    {
        var windows = TreeModel.Parse(TreeModel.Parse(SmallModel.Text).ToText().Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(TreeModel.Parse(SmallModel.Text).ToText(), windows.ToText());
    }

    [Fact]
    public void A_count_the_text_claims_takes_no_memory()
    {
        var text = SmallModel.WithLine("num_leaves=", "num_leaves=2147483647");
        Assert.Throws<ModelFormatException>(() => TreeModel.Parse(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ModelFormatException>(() => TreeModel.Parse(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
