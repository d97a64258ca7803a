using LoanRisk.Tests.Trees.Scoring;
using LoanRisk.Trees;
using LoanRisk.Trees.Explaining.SmallTrees;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Tests.Trees.Explaining;

/// <summary>Tables of outcomes instead of quadrature: the same values for every outcome that a row can have.</summary>
[Slow]
public sealed class SmallTreeTests
{
    public static TheoryData<string> FastKernels =>
        [.. ScoringKernel.All.Where(static kernel => kernel.IsSupported && kernel != ScoringKernel.Plain)
            .Select(static kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Models_of_small_trees_agree_with_the_plain_form_alone_in_a_batch_and_in_part(string kernel)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var model = RandomModel.Of(
                random, trees: random.Next(1, 30), leaves: random.Next(1, OutcomeTables.MostNodes + 2), features: random.Next(1, 12));
            Assert.NotNull(Of(model, kernel));
            ShapRows.SameAsPlain(model, kernel, (random, 300), $"seed {seed}");
            ShapRows.SameAsPlain(model, kernel, (random, 5), $"seed {seed}, in part", (model.IterationCount / 3, model.IterationCount / 2));
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Every_kernel_has_the_same_bits(string kernel)
    {
        var random = new Random(5);
        var model = RandomModel.Of(random, trees: 40, leaves: 6, features: 9);
        var rows = KernelRows.Of(random, model, rows: 500);
        var expected = ShapRows.Of(model, ScoringKernel.Portable.Name, rows);

        ShapRows.SameBits(expected, ShapRows.Of(model, kernel, rows), kernel);
    }

    [Theory]
    [InlineData(OutcomeTables.MostNodes + 2, 1)]
    [InlineData(OutcomeTables.MostNodes + 1, 147)]
    public void A_larger_tree_and_too_many_trees_are_left_to_quadrature(int leaves, int trees) =>
        Assert.Null(Of(RandomModel.Of(new Random(1), trees, leaves, features: 4), ScoringKernel.Portable.Name));

    [Fact]
    public void Trees_without_row_counts_are_refused_as_ever()
    {
        var model = RandomModel.Of(new Random(2), trees: 3, leaves: 4, features: 4);
        var without = new TreeModel { Objective = model.Objective, FeatureNames = model.FeatureNames,
            FeatureInfos = model.FeatureInfos, Trees = [.. model.Trees.Select(static tree => tree with { LeafCounts = [] })] };

        var error = Assert.Throws<InvalidOperationException>(() => without.Contributions(new double[4], new double[5]));

        Assert.Contains("leaf_count", error.Message);
    }

    private static SmallTreeShap? Of(TreeModel model, string kernel) =>
        SmallTreeShap.Of(model, new PlainForest(model), ScoringKernel.Named(kernel));
}
