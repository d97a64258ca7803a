using LoanRisk.Tests.Trees.Training.Binning;
using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Tests.Trees.Training.Histograms;

public class QuantisedGradientTests
{
    private static readonly TrainingParameters Quantised = new() { UseQuantizedGrad = true, Seed = 5 };

    [Theory]
    [InlineData(4, true)]
    [InlineData(4, false)]
    [InlineData(127, true)]
    [InlineData(2, true)]
    public void Steps_are_the_neighbours_of_the_value_and_right_in_the_mean(int bins, bool stochastic)
    {
        var gradients = Gradients(30_001);
        var quantised = new QuantisedGradients(
            gradients.Length, Quantised with { NumGradQuantBins = bins, StochasticRounding = stochastic }, new WorkerTeam(1));
        quantised.Take(gradients);
        Assert.Equal(gradients.Max(g => Math.Abs(g.Gradient)) / (bins / 2), quantised.GradientStep, 1e-6);
        Assert.Equal(gradients.Max(g => g.Hessian) / bins, quantised.HessianStep, 1e-6);
        var farthest = stochastic ? 1 : 0.5;
        for (var row = 0; row < gradients.Length; row++)
        {
            var (gradient, hessian) = (quantised.Packed[row] >> 16, quantised.Packed[row] & 0xFFFF);
            Assert.InRange(gradient - (gradients[row].Gradient / quantised.GradientStep), -farthest - 1e-4, farthest + 1e-4);
            Assert.InRange(hessian - (gradients[row].Hessian / quantised.HessianStep), -farthest - 1e-4, farthest + 1e-4);
        }

        if (stochastic)
        {
            Assert.Equal(gradients.Average(g => g.Gradient / quantised.GradientStep), quantised.Packed.Average(p => p >> 16), 0.02);
            Assert.Equal(gradients.Average(g => g.Hessian / quantised.HessianStep), quantised.Packed.Average(p => p & 0xFFFF), 0.02);
        }
    }

    [Fact]
    public void Each_tree_rounds_anew_and_threads_and_seed_decide_nothing_and_all()
    {
        var gradients = Gradients(50_000);
        var trees = Trees(1, 5);
        Assert.NotEqual(trees[0], trees[1]);
        Assert.Equal(trees, Trees(3, 5));
        Assert.NotEqual(trees[0], Trees(1, 6)[0]);

        int[][] Trees(int threads, int seed)
        {
            var quantised = new QuantisedGradients(gradients.Length, Quantised with { Seed = seed }, new WorkerTeam(threads));
            return [.. Enumerable.Range(0, 2).Select(_ =>
            {
                quantised.Take(gradients);
                return quantised.Packed.ToArray();
            })];
        }
    }

    [Fact]
    public void A_constant_hessian_is_one_step_and_gradients_of_0_are_no_step()
    {
        var quantised = new QuantisedGradients(1000, Quantised, new WorkerTeam(1));
        quantised.Take([.. Enumerable.Repeat(new GradientPair(0, 0.3f), 1000)]);
        Assert.All(quantised.Packed, packed => Assert.Equal(1, packed));
        Assert.Equal(0.3f, quantised.HessianStep, 1e-7);
        quantised.Take(new GradientPair[1000]);
        Assert.All(quantised.Packed, packed => Assert.Equal(0, packed & ~1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1)]
    public void The_kernel_adds_up_what_plain_code_adds_up(int? half)
    {
        var random = new Random(3);
        var columns = RandomColumns.Of(random, 7, 3000, 50);
        int[] rows = [.. Enumerable.Range(0, 3000).Where(_ => random.Next(2) == 0)];
        int[] packed = [.. rows.Select(_ => (random.Next(-2, 3) << 16) + random.Next(5))];
        var integers = new int[50 * BinColumns.Lanes];
        double[] sums = [.. Enumerable.Range(0, 50 * HistogramLayout.Stride).Select(i => (double)i)];
        double[] expected = [.. sums];
        for (var lane = 0; lane < BinColumns.Lanes; lane++)
        {
            var isIn = half is null || lane / 4 == half;
            for (var i = 0; isIn && i < rows.Length; i++)
            {
                var at = (columns.Stripe(0)[(rows[i] * BinColumns.Lanes) + lane] * HistogramLayout.Stride) + (2 * lane);
                expected[at] += packed[i] >> 16;
                expected[at + 1] += packed[i] & 0xFFFF;
            }

            for (var at = 2 * lane; isIn && at < expected.Length; at += HistogramLayout.Stride)
            {
                expected[at] *= 0.5;
                expected[at + 1] *= 0.25;
            }
        }

        Fill(columns.Stripe(0), half, rows, packed, integers);
        QuantisedStripeKernel.CarryOver(integers, half, sums, isFirst: false, (0.5, 0.25));
        Assert.Equal(expected, sums);
        QuantisedStripeKernel.CarryOver(integers, half, sums, isFirst: true, (1, 1));
        Assert.Equal(expected.Select((sum, i) => half is null || i % HistogramLayout.Stride / 8 == half ? 0 : sum), sums);
        Assert.All(integers, integer => Assert.Equal(0, integer));
    }

    private static void Fill(byte[] stripe, int? half, int[] rows, int[] packed, int[] integers)
    {
        if (half is { } one)
        {
            QuantisedStripeKernel.FillHalf(stripe, one, rows, packed, integers);
        }
        else
        {
            QuantisedStripeKernel.Fill(stripe, rows, packed, integers);
        }
    }

    private static GradientPair[] Gradients(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => new GradientPair(random.NextSingle() - 0.7f, random.NextSingle() * 0.25f))];
    }
}
