using LoanRisk.Tests.Trees.Scoring;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Trees.Explaining;

/// <summary>Explains rows with a kernel, and compares.</summary>
internal static class ShapRows
{
    /// <summary>The contributions of each row by itself.</summary>
    public static double[] Of(TreeModel model, string kernel, double[] rows, (int First, int Count)? iterations = null)
    {
        var (first, count) = iterations ?? (0, -1);
        model.Force(ScoringKernel.Named(kernel));
        var (features, width) = (model.FeatureCount, (model.FeatureCount + 1) * model.OutputCount);
        var contributions = new double[rows.Length / features * width];
        for (var row = 0; row < rows.Length / features; row++)
        {
            model.Contributions(rows.AsSpan(row * features, features), contributions.AsSpan(row * width, width), first, count);
        }

        return contributions;
    }

    /// <summary>A kernel against the plain form, alone and in a batch; every row adds up to its raw score.</summary>
    public static void SameAsPlain(
        TreeModel model, string kernel, (Random Random, int Count) rows, string what, (int First, int Count)? iterations = null)
    {
        var values = KernelRows.Of(rows.Random, model, rows.Count);
        var (first, count) = iterations ?? (0, -1);
        var expected = Of(model, ScoringKernel.Plain.Name, values, iterations);
        var actual = Of(model, kernel, values, iterations);
        Close(expected, actual, 1e-11, $"{kernel}, {what}");
        var batch = new double[expected.Length];
        model.ContributionsBatch(values, batch, threads: 1, first, count);
        SameBits(actual, batch, $"{kernel}, {what}, batch");
        AddUp(model, values, actual, (first, count), $"{kernel}, {what}");
    }

    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"{what}, value {i}: {expected[i]:R} is expected, we have {actual[i]:R}");
        }
    }

    public static void SameBits(double[] expected, double[] actual, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]),
                $"{what}, value {i}: {expected[i]:R} is expected, we have {actual[i]:R}");
        }
    }

    private static void AddUp(TreeModel model, double[] rows, double[] contributions, (int First, int Count) iterations, string what)
    {
        var (features, outputs) = (model.FeatureCount, model.OutputCount);
        var raw = new double[outputs];
        for (var row = 0; row < rows.Length / features; row++)
        {
            model.PredictRaw(rows.AsSpan(row * features, features), raw, iterations.First, iterations.Count);
            for (var output = 0; output < outputs; output++)
            {
                var parts = contributions.AsSpan(((row * outputs) + output) * (features + 1), features + 1).ToArray();
                var scale = Math.Max(1, parts.Max(Math.Abs));
                Assert.True(Math.Abs(raw[output] - parts.Sum()) <= 1e-9 * scale,
                    $"{what}, row {row}, output {output}: the parts add up to {parts.Sum():R}, the raw score is {raw[output]:R}");
            }
        }
    }
}
