using CsCheck;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Batch;
using LoanRisk.Trees.Scoring.Plain;
using LoanRisk.Trees.Scoring.SingleRow;

namespace LoanRisk.Tests.Trees.Scoring;

/// <summary>Every kernel this machine can run gives the bits of the plain one, and lays out every model of these tests.</summary>
[Slow]
public sealed class KernelTests
{
    private static readonly ScoringKernel[] Fast =
        [.. ScoringKernel.All.Where(static kernel => kernel.IsSupported && kernel != ScoringKernel.Plain)];

    public static TheoryData<string> AllKernels =>
        [.. ScoringKernel.All.Where(static kernel => kernel.IsSupported).Select(static kernel => kernel.Name)];

    public static TheoryData<string> FastKernels => [.. Fast.Select(static kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Random_models_of_every_shape_score_to_the_same_bits(string kernel)
    {
        int[] leaves = [2, 3, 8, 16, 31, 32, 33, 48, 63, 64, 65, 127, 200, 255, 256, 257];
        foreach (var (count, i) in leaves.Select(static (count, i) => (count, i)))
        {
            foreach (var features in (int[])[1, 5, 16, 31, 33, 64, 65, 300])
            {
                var random = new Random((count * 1_000) + features);
                var shape = new SplitModel(
                    count, features, random.Next(1, 400), i % 3 == 0 ? 0 : random.Next(1, 230), IsMixed: random.Next(2) == 0);
                Same(shape.Of(random, trees: random.Next(1, 22)), kernel, (random, 70), $"{shape}");
            }
        }
    }

    /// <summary>
    /// Each leaf count meets each missing type; kinds of splits and feature counts (7 and 300 have no common divisor) come in turn.
    /// </summary>
    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Every_leaf_count_feature_count_kind_of_split_and_missing_type_scores_to_the_same_bits(string kernel)
    {
        for (var i = 0; i < 4 * 255; i++)
        {
            var (leaves, features, kind, random) = ((i / 4) + 1, (i * 7 % 300) + 1, i % 3, new Random(i));
            var shape = new SplitModel(
                leaves, features, random.Next(1, 60), Categories: kind == 0 ? 0 : random.Next(1, 300), IsMixed: i % 4 == 3)
            {
                CategoricalShare = kind == 1 ? 1 : 0.4,
                Missing = i % 4 == 3 ? null : (MissingType)(i % 4),
            };
            Same(shape.Of(random, trees: random.Next(1, 7)), kernel, (random, 9), $"{shape}, seed {i}");
        }
    }

    [Fact]
    public void The_class_that_scores_fits_the_model()
    {
        Assert.SkipUnless(ScoringKernel.Avx2.IsSupported, "This machine has no AVX2.");
        Assert.Equal(("DecisionBitsAvx2", "ByteBlendAvx2"), Names(leaves: 32, features: 30));
        Assert.Equal(("DecisionChainsAvx2", "ByteBlendAvx2"), Names(leaves: 33, features: 30));
        Assert.Equal(("DecisionChainsAvx2", "ByteBlendAvx2"), Names(leaves: 31, features: 1_000));
        Assert.Equal(("DecisionChainsAvx2", "RowByRow"), Names(leaves: 257, features: 30));
        Assert.Equal(("WalkScalar", "ByteBlendAvx2"), Names(leaves: 200, features: 2_000));

        static (string Row, string Batch) Names(int leaves, int features)
        {
            var model = new SplitModel(leaves, features, Cuts: 5, Categories: 0, IsMixed: false).Of(new Random(1), trees: 40);
            model.Force(ScoringKernel.Avx2);
            return model.KernelNames;
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Blocks_of_every_length_score_to_the_same_bits(string kernel)
    {
        var random = new Random(5);
        var model = new SplitModel(31, 12, 60, 40, IsMixed: false).Of(random, trees: 13);
        foreach (var rows in (int[])[0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 257, 511, 600])
        {
            Same(model, kernel, (random, rows), $"{rows} rows");
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Several_classes_and_ranges_of_iterations_score_to_the_same_bits(string kernel)
    {
        var random = new Random(6);
        foreach (var classes in (int[])[1, 2, 3, 5])
        {
            var model = new SplitModel(20, 9, 30, 50, IsMixed: true).Of(random, trees: 19, classes);
            for (var first = 0; first <= 19; first += 3)
            {
                Same(model, kernel, (random, 40), $"{classes} classes from {first}", (first, random.Next(0, 20 - first)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Nodes_that_read_one_feature_as_number_and_category_score_to_the_same_bits(string kernel) =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[2, 69], Gen.Int[1, 7], Gen.Int[1, 50], Gen.Int).Sample(
            (trees, leaves, features, rows, seed) =>
            {
                var random = new Random(seed);
                Same(RandomModel.Of(random, trees, leaves, features), kernel, (random, rows),
                    $"{trees} trees of {leaves} leaves, {features} features, {rows} rows, seed {seed}");
            },
            iter: 60,
            threads: 1);

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void Many_thresholds_and_many_categories_score_to_the_same_bits(string kernel)
    {
        var random = new Random(8);
        Same(new SplitModel(200, 2, 5_000, 0, IsMixed: false).Of(random, trees: 40),
            kernel, (random, 500), "1,000 and more thresholds a feature");
        foreach (var leaves in (int[])[2, 20, 40, 300])
        {
            Same(new SplitModel(leaves, 4, 5, 250, IsMixed: false) { CategoricalShare = 0.6 }.Of(random, trees: 9),
                kernel, (random, 300), "nearly all codes of a byte");
            Same(new SplitModel(leaves, 4, 5, 2_000, IsMixed: false) { CategoricalShare = 0.6 }.Of(random, trees: 9),
                kernel, (random, 300), "more categories than a byte has codes");
            Same(new SplitModel(leaves, 4, 5, 90_000, IsMixed: false) { CategoricalShare = 0.6 }.Of(random, trees: 4),
                kernel, (random, 60), "more categories than two bytes have codes");
        }
    }

    [Theory]
    [MemberData(nameof(FastKernels))]
    public void A_chain_of_splits_scores_to_the_same_bits(string kernel)
    {
        foreach (var nodes in (int[])[30, 60, 254, 255, 256, 3_000])
        {
            var random = new Random(nodes);
            Same(TreeModel.Parse(DeepModel.Chain(nodes, features: 5)), kernel, (random, 40), $"{nodes} nodes deep");
        }
    }

    [Theory]
    [MemberData(nameof(AllKernels))]
    public void Rows_allocate_nothing(string kernel)
    {
        var random = new Random(9);
        var model = new SplitModel(31, 30, 60, 40, IsMixed: false).Of(random, trees: 50);
        model.Force(ScoringKernel.Named(kernel));
        var row = KernelRows.Of(random, model, 1);
        model.Predict(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            model.PredictRaw(row);
            model.Predict(row);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(AllKernels))]
    public void Batches_allocate_nothing_when_the_caller_brings_the_room(string kernel)
    {
        var random = new Random(10);
        var model = new SplitModel(40, 70, 60, 40, IsMixed: false).Of(random, trees: 20);
        model.Force(ScoringKernel.Named(kernel));
        var rows = KernelRows.Of(random, model, 700);
        var outputs = new double[700];
        model.PredictBatch(rows, outputs);
        model.PredictRawBatch(rows, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.PredictBatch(rows, outputs);
        model.PredictRawBatch(rows, outputs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Same(
        TreeModel model, string kernel, (Random Random, int Count) rows, string what, (int First, int Count)? part = null)
    {
        var values = KernelRows.Of(rows.Random, model, rows.Count);
        var (first, iterations) = part ?? (0, -1);
        model.Force(ScoringKernel.Plain);
        var expected = Rows(model, values, first, iterations);
        model.Force(ScoringKernel.Named(kernel));
        Compare(expected, Rows(model, values, first, iterations), $"{model.KernelNames.Row}, {what}");
        Assert.NotEqual(nameof(PlainForest), model.KernelNames.Row);
        var batch = new double[expected.Length];
        model.PredictRawBatch(values, batch, threads: 1, first, iterations);
        Compare(expected, batch, $"{model.KernelNames.Batch}, {what}");
    }

    private static double[] Rows(TreeModel model, double[] values, int first, int iterations)
    {
        var outputs = new double[values.Length / model.FeatureCount * model.OutputCount];
        for (var row = 0; row * model.FeatureCount < values.Length; row++)
        {
            model.PredictRaw(values.AsSpan(row * model.FeatureCount, model.FeatureCount),
                outputs.AsSpan(row * model.OutputCount, model.OutputCount), first, iterations);
        }

        return outputs;
    }

    private static void Compare(double[] expected, double[] actual, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]),
                $"{what}: output {i} is {actual[i]:R}, the plain kernel has {expected[i]:R}");
        }
    }
}
