using LoanRisk.Tests.Trees.Scoring;
using LoanRisk.Trees;
using LoanRisk.Trees.Explaining.SmallTrees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Trees.Explaining;

/// <summary>Every way to explain that this machine can run: against the definition, the plain form and each other.</summary>
[Slow]
public sealed class ShapKernelTests
{
    private static readonly ScoringKernel[] Supported = [.. ScoringKernel.All.Where(static kernel => kernel.IsSupported)];

    public static TheoryData<string> Kernels => [.. Supported.Select(static kernel => kernel.Name)];

    public static TheoryData<string> FastKernels =>
        [.. Supported.Where(static kernel => kernel != ScoringKernel.Plain).Select(static kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Small_models_give_what_the_definition_gives(string kernel)
    {
        var random = new Random(21);
        for (var i = 0; i < 50; i++)
        {
            var model = WithLargerTree(random, RandomModel.Of(random, trees: 2, leaves: random.Next(1, 20), features: random.Next(1, 8)));
            var rows = KernelRows.Of(random, model, rows: 3);
            var explained = ShapRows.Of(model, kernel, rows);
            for (var row = 0; row < 3; row++)
            {
                var expected = SubsetShap.Of(model, rows[(row * model.FeatureCount)..((row + 1) * model.FeatureCount)]);
                ShapRows.Close(
                    expected, explained.AsSpan(row * expected.Length, expected.Length), 1e-12, $"{kernel}, model {i}, row {row}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Random_models_of_every_shape_agree_with_the_plain_form_and_add_up(string kernel)
    {
        int[] leaves = [1, 2, 3, 7, 16, 31, 32, 64, 127, 255];
        foreach (var (count, i) in leaves.Select(static (count, i) => (count, i)))
        {
            foreach (var features in (int[])[1, 2, 5, 16, 33, 300])
            {
                var random = new Random((count * 1_000) + features);
                var shape = new SplitModel(
                    count, features, random.Next(1, 400), i % 3 == 0 ? 0 : random.Next(1, 230), IsMixed: random.Next(2) == 0);
                var model = count == 1 ? RandomModel.Of(random, trees: 3, leaves: 1, features) : shape.Of(random, trees: 4);
                ShapRows.SameAsPlain(model, kernel, (random, 11), $"{shape}");
                ShapRows.SameAsPlain(WithLargerTree(random, model), kernel, (random, 11), $"{shape} and a larger tree");
            }
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Nodes_that_read_one_feature_in_several_ways_agree_with_the_plain_form(string kernel)
    {
        var random = new Random(22);
        for (var i = 0; i < 40; i++)
        {
            ShapRows.SameAsPlain(
                RandomModel.Of(random, trees: 6, leaves: random.Next(2, 90), features: random.Next(1, 12)),
            kernel, (random, 13), $"model {i}");
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Paths_of_many_features_agree_with_the_plain_form(string kernel)
    {
        foreach (var features in (int[])[15, 16, 17, 32, 33, 48, 64, 65, 100, 250])
        {
            var random = new Random(features);
            ShapRows.SameAsPlain(
                TreeModel.Parse(DeepModel.Chain(features, features)), kernel, (random, 9), $"{features} features on a path");
            ShapRows.SameAsPlain(
                TreeModel.Parse(DeepModel.Chain(3 * features, features)), kernel, (random, 9), $"{features} features on a path, thrice");
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Many_categories_agree_with_the_plain_form(string kernel)
    {
        var random = new Random(28);
        foreach (var categories in (int[])[2, 200, 270, 2_000, 70_000])
        {
            ShapRows.SameAsPlain(
                new SplitModel(40, 6, 5, categories, IsMixed: false)
                .Of(random, trees: 4), kernel, (random, 30), $"{categories} categories");
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void More_contributions_than_a_block_holds_agree_with_the_plain_form(string kernel)
    {
        var random = new Random(29);
        ShapRows.SameAsPlain(RandomModel.Of(random, trees: 3, leaves: 40, features: 70_000), kernel, (random, 9), "70,000 features");
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Large_trees_and_long_chains_agree_with_the_plain_form(string kernel)
    {
        var random = new Random(23);
        ShapRows.SameAsPlain(RandomModel.Of(random, trees: 2, leaves: 3_000, features: 60), kernel, (random, 5), "3,000 leaves");
        var large = RandomModel.Of(random, trees: 1, leaves: 6_000, features: 9);
        var small = RandomModel.Of(random, trees: 3, leaves: 20, features: 9);
        ShapRows.SameAsPlain(With(small, [small.Trees[0], large.Trees[0], small.Trees[1], small.Trees[2]], 2),
            kernel, (random, 11), "a tree no kernel holds, among others");
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Several_classes_and_ranges_of_iterations_agree_with_the_plain_form(string kernel)
    {
        var random = new Random(24);
        foreach (var classes in (int[])[1, 2, 5])
        {
            var model = new SplitModel(20, 9, 30, 50, IsMixed: true).Of(random, trees: 7, classes);
            for (var first = 0; first <= 7; first++)
            {
                ShapRows.SameAsPlain(model, kernel, (random, 9), $"{classes} classes from {first}", (first, random.Next(0, 8 - first)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_row_has_the_same_bits_alone_and_in_a_batch_of_any_size_on_any_threads(string kernel)
    {
        var random = new Random(25);
        var model = new SplitModel(31, 12, 60, 40, IsMixed: false).Of(random, trees: 5, classes: 2);
        model.Force(ScoringKernel.Named(kernel));
        foreach (var rows in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 17, 31, 32, 33, 70])
        {
            var values = KernelRows.Of(random, model, rows);
            var alone = ShapRows.Of(model, kernel, values);
            var together = new double[alone.Length];
            foreach (var threads in (int[])[1, 3])
            {
                model.ContributionsBatch(values, together, threads);
                ShapRows.SameBits(alone, together, $"{kernel}, {rows} rows, {threads} threads");
            }
        }
    }

    [Fact]
    public void Fast_kernels_give_the_same_bits()
    {
        var random = new Random(26);
        for (var i = 0; i < 30; i++)
        {
            var model = new SplitModel(random.Next(2, 120), random.Next(1, 40), 60, 40, IsMixed: true).Of(random, trees: 5);
            var rows = KernelRows.Of(random, model, 10);
            var portable = ShapRows.Of(model, ScoringKernel.Portable.Name, rows);
            foreach (var kernel in FastKernels)
            {
                ShapRows.SameBits(portable, ShapRows.Of(model, kernel.Data, rows), $"{kernel.Data}, model {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rows_and_batches_allocate_nothing(string kernel)
    {
        var random = new Random(27);
        var model = new SplitModel(31, 30, 60, 40, IsMixed: false).Of(random, trees: 10);
        model.Force(ScoringKernel.Named(kernel));
        var rows = KernelRows.Of(random, model, 50);
        var contributions = new double[50 * (model.FeatureCount + 1)];
        Work();
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            for (var i = 0; i < 10; i++)
            {
                model.Contributions(rows.AsSpan(0, model.FeatureCount), contributions.AsSpan(0, model.FeatureCount + 1));
                model.ContributionsBatch(rows, contributions);
            }
        }
    }

    // A model of small trees alone is explained in another way, from tables.
    private static TreeModel WithLargerTree(Random random, TreeModel model) =>
        With(model, [.. model.Trees, .. RandomModel.Of(random, trees: 1, leaves: OutcomeTables.MostNodes + 2, model.FeatureCount).Trees],
            classes: 1);

    private static TreeModel With(TreeModel model, Tree[] trees, int classes) => new()
    {
        Objective = model.Objective,
        FeatureNames = model.FeatureNames,
        FeatureInfos = model.FeatureInfos,
        TreesPerIteration = classes,
        ClassCount = classes,
        Trees = [.. trees],
    };
}
