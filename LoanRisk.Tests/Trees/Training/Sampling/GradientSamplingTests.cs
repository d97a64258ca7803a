using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Losses;
using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Tests.Trees.Training.Sampling;

public class GradientSamplingTests
{
    private const int Rows = 5000;

    [Theory]
    [InlineData(0.2, 0.1, 1)]
    [InlineData(0.05, 0.4, 1)]
    [InlineData(0.3, 0.7, 3)]
    public void Large_rows_stay_and_a_drawn_part_of_the_others_stands_for_all_of_them(double topRate, double otherRate, int outputs)
    {
        var sampling = new GradientSampling(
            Rows, new TrainingParameters { TopRate = topRate, OtherRate = otherRate, LearningRate = 0.5 }, seed: 3);
        var gradients = Gradients(outputs);
        GradientPair[][] before = [.. gradients.Select(g => g.ToArray())];
        sampling.Prepare(2, gradients);
        var top = (int)(Rows * topRate);
        var others = (int)(Rows * otherRate);
        double[] sizes = [.. Enumerable.Range(0, Rows).Select(row => before.Sum(g => (double)Math.Abs(g[row].Gradient * g[row].Hessian)))];
        HashSet<int> large = [.. Enumerable.Range(0, Rows).OrderByDescending(row => sizes[row]).Take(top)];
        Assert.Equal(top + others, sampling.InBag.Length);
        Assert.True(large.IsSubsetOf(sampling.InBag));
        Assert.Equal(Enumerable.Range(0, Rows), sampling.InBag.Concat(sampling.OutOfBag).Order());
        Assert.Equal(sampling.InBag.Order(), sampling.InBag);
        var factor = (float)(Rows - top) / others;
        foreach (var row in sampling.InBag)
        {
            var expected = large.Contains(row) ? 1 : factor;
            Assert.All(Enumerable.Range(0, outputs),
                o => Assert.Equal(
                new GradientPair(before[o][row].Gradient * expected, before[o][row].Hessian * expected), gradients[o][row]));
        }
    }

    [Fact]
    public void The_first_iterations_take_every_row()
    {
        var sampling = new GradientSampling(Rows, new TrainingParameters { LearningRate = 0.3 }, seed: 3);
        var gradients = Gradients(1);
        for (var iteration = 0; iteration < 3; iteration++)
        {
            sampling.Prepare(iteration, gradients);
            Assert.Equal(Rows, sampling.InBag.Length);
            Assert.Empty(sampling.OutOfBag);
        }

        sampling.Prepare(3, gradients);
        Assert.Equal(1500, sampling.InBag.Length);
    }

    [Fact]
    public void The_value_of_a_rank_is_the_one_that_sorting_finds()
    {
        var random = new Random(5);
        float[] values = [0, 0, float.Epsilon, 1, 1, 1, 3.4e38f, .. Enumerable.Range(0, 400)
            .Select(_ => MathF.Exp((40 * random.NextSingle()) - 20))];
        float[] sorted = [.. values.OrderDescending()];
        Assert.All(Enumerable.Range(1, values.Length), rank => Assert.Equal(sorted[rank - 1], LargestFloats.AtRank(values, rank)));
    }

    private static GradientPair[][] Gradients(int outputs)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, outputs)
            .Select(_ => Enumerable.Range(0, Rows)
            .Select(_ => new GradientPair(random.NextSingle() - 0.5f, random.NextSingle())).ToArray())];
    }
}
