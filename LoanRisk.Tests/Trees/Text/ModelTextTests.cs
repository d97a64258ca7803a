using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees.Text;

/// <summary>What a model text says and what we write.</summary>
public sealed class ModelTextTests
{
    [Fact]
    public void Every_key_reaches_its_property()
    {
        var model = TreeModel.Parse(SmallModel.Text);
        Assert.Equal("binary sigmoid:1", model.Objective);
        Assert.Equal(["income", "rate", "grade"], model.FeatureNames);
        Assert.Equal(["[-1.5:inf]", "none", "0:1:2:40"], model.FeatureInfos);
        Assert.Equal([-1, 1, 0], model.MonotoneConstraints);
        Assert.Equal((1, 1, 0, false, 3, 2),
            (model.ClassCount, model.TreesPerIteration, model.LabelIndex, model.AverageOutput, model.FeatureCount, model.IterationCount));
        Assert.Equal("[objective: binary]\n[num_leaves: 4]", model.Parameters);
        Assert.Equal("income=1\nrate=1\ngrade=1", model.FeatureImportances);
        Assert.Equal("null", model.PandasCategorical);
        Assert.Null(model.ParserSettings);
    }

    [Fact]
    public void Every_array_of_a_tree_is_read()
    {
        var tree = TreeModel.Parse(SmallModel.Text).Trees[0];
        Assert.Equal([0, 2, 1], tree.SplitFeature);
        Assert.Equal([9, 5, 3.25], tree.SplitGain);
        Assert.Equal([2.5, 0, 0.5], tree.Threshold);
        Assert.Equal([10, 1, 2], tree.DecisionType.Select(static decision => (int)decision.Bits));
        Assert.Equal([1, -1, -2], tree.LeftChild);
        Assert.Equal([2, -3, -4], tree.RightChild);
        Assert.Equal([-0.5, 0.25, 0.75, 1.5], tree.LeafValue);
        Assert.Equal([10, 20, 30, 40], tree.LeafWeight);
        Assert.Equal([10, 20, 30, 40], tree.LeafCounts);
        Assert.Equal([0.5, 0.25, 1], tree.InternalValue);
        Assert.Equal([100, 40, 60], tree.InternalWeight);
        Assert.Equal([100, 40, 60], tree.InternalCount);
        Assert.Equal([0, 2], tree.CategoryBoundaries);
        Assert.Equal([5u, 256u], tree.CategoryBits);
        Assert.Equal(0.1, tree.Shrinkage);
    }

    [Fact]
    public void Writing_and_reading_again_gives_the_same_text()
    {
        var written = TreeModel.Parse(SmallModel.Text).ToText();
        Assert.Equal(written, TreeModel.Parse(written).ToText());
        Assert.Contains("\ntree_sizes=", written);
        Assert.Contains("\nparameters:\n[objective: binary]\n[num_leaves: 4]\n\nend of parameters\n\npandas_categorical:null\n", written);
    }

    [Fact]
    public void A_model_built_in_memory_is_written_and_read()
    {
        var model = InMemory("loan amount", "größe=\"x\"");
        var text = model.ToText();
        var read = TreeModel.Parse(text);
        Assert.Equal(["loan_amount", "größe=\"x\""], read.FeatureNames);
        Assert.Equal(text, read.ToText());
        Assert.Contains("\nfeature_importances:\ngröße=\"x\"=1\n", text);
        Assert.Equal(model.PredictRaw([0, 1]), read.PredictRaw([0, 1]));
        Assert.DoesNotContain("parameters:", text);
    }

    [Theory]
    [InlineData("a b", "a_b")]
    [InlineData("a", "")]
    [InlineData("a", "b\u0007")]
    public void Feature_names_that_could_not_be_read_are_not_written(string first, string second) =>
        Assert.Contains("cannot be written", Assert.Throws<InvalidOperationException>(() => InMemory(first, second).ToText()).Message);

    [Fact]
    public void An_unsound_tree_is_neither_written_nor_scored()
    {
        var model = InMemory("a", "b",
            new Tree { LeafValue = [1, 2], SplitFeature = [7], Threshold = [0],
            DecisionType = [default], LeftChild = [-1], RightChild = [-2] });
        Assert.Contains("split_feature", Assert.Throws<InvalidOperationException>(model.ToText).Message);
        Assert.Contains("split_feature", Assert.Throws<InvalidOperationException>(() => model.PredictRaw([0, 0])).Message);
    }

    [Fact]
    public void Lines_LightGBM_can_do_without_may_be_absent()
    {
        string[] optional = ["split_gain=", "decision_type=", "leaf_weight=", "leaf_count=",
            "internal_value=", "internal_weight=", "internal_count=", "is_linear=", "shrinkage="];
        var lines = SmallModel.WithLine("decision_type=10 1 2", "decision_type=0 1 0").Split('\n')
            .Where(line => !optional.Where(static key => key != "decision_type=").Any(line.StartsWith));
        var model = TreeModel.Parse(string.Join('\n', lines));
        Assert.Equal(1.5 + 0.25, model.PredictRaw([3, 1, 0]));
        Assert.Equal(1, model.Trees[0].Shrinkage);
        Assert.Equal(model.ToText(), TreeModel.Parse(model.ToText()).ToText());
        Assert.Contains("leaf_count",
            Assert.Throws<InvalidOperationException>(() => model.Contributions([3, 1, 0], new double[4])).Message);
    }

    private static TreeModel InMemory(string first, string second, Tree? tree = null) => new()
    {
        Objective = "binary sigmoid:1",
        FeatureNames = [first, second],
        FeatureInfos = ["none", "[0:1]"],
        Trees = [new Tree { LeafValue = [0.5] }, tree ?? new Tree { LeafValue = [1, 2], SplitFeature = [1],
            SplitGain = [1], Threshold = [0.5], DecisionType = [default], LeftChild = [-1], RightChild = [-2] }],
    };
}
