using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Tests.Trees.Training.Losses;

[Slow]
public class ExponentialTests
{
    private static readonly ParallelOptions Threads = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public void Exp_has_the_c_librarys_bits()
    {
        Assert.SkipUnless(ExponentialAvx2.IsSupported, "This machine has no AVX2 with fused operations.");
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "Another C library's exp may round differently.");
        var random = new Random(1);
        double[] odd = [0, -0.0, double.Epsilon, -1e-300, 1e-17, -1e-17, 511.9999, -511.9999, Math.Log(2), 1, -1, Math.Log(2) / 256];
        for (var i = 0; i < 200_000; i++)
        {
            var x = i < odd.Length ? odd[i] : (random.NextDouble() - 0.5) * (i % 3) switch { 0 => 4, 1 => 60, _ => 1020 };
            var y = -x / 3;
            var four = ExponentialAvx2.Exp(Vector256.Create(x, y, x / 7, 0));
            Same(Math.Exp(x), four[0], x);
            Same(Math.Exp(y), four[1], y);
            Same(Math.Exp(x / 7), four[2], x / 7);
            Same(1, four[3], 0);
        }

        static void Same(double expected, double actual, double x) =>
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
                $"exp({x:R}) is {expected:R} and here {actual:R}");
    }

    // The tables of the C library, of which these are known.
    [Fact]
    public void Powers_of_two_are_rounded_to_the_nearest_and_so_is_what_they_lack()
    {
        var table = PowersOfTwo.Table();
        Assert.Equal([0, 0x3FF0000000000000, 0x3C9B3B4F1A88BF6E, 0x3FEFF63DA9FB3335,
            unchecked((long)0xBC7160139CD8DC5D), 0x3FEFEC9A3E778061], table[..6]);
    }

    // Weights of 1 take the way row by row.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.7, 3.5)]
    public void Derivatives_of_four_rows_are_those_row_by_row(double sigmoid, double positiveWeight)
    {
        var random = new Random(2);
        const int rows = 50_003;
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))];
        double[] scores = [.. Enumerable.Range(0, rows)
            .Select(i => i % 1000 == 7 ? (i % 2000) - 1000.5 : i % 500 == 3 ? 0 : (random.NextDouble() - 0.5) * 20)];
        float[] ones = [.. Enumerable.Repeat(1f, rows)];
        var parameters = new TrainingParameters { Sigmoid = sigmoid, ScalePosWeight = positiveWeight };
        var together = new GradientPair[rows];
        var apart = new GradientPair[rows];
        new BinaryLogLoss(labels, null, parameters).Derive(scores, together, Threads);
        new BinaryLogLoss(labels, ones, parameters).Derive(scores, apart, Threads);
        Assert.Equal(apart.Select(Bits), together.Select(Bits));

        static (int, int) Bits(GradientPair pair) =>
            (BitConverter.SingleToInt32Bits(pair.Gradient), BitConverter.SingleToInt32Bits(pair.Hessian));
    }
}
