using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Tests.Trees.Training.Splitting;

/// <summary>The scans beside trying every split there is.</summary>
public class SplitScanTests
{
    private static readonly TrainingParameters Free = new()
    {
        MinDataInBin = 1,
        MinDataInLeaf = 1,
        MinSumHessianInLeaf = 0,
        LambdaL2 = 1,
        CatSmooth = 0,
        MinDataPerGroup = 1,
        CatL2 = 0,
    };

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 0.7)]
    public void The_numerical_scan_finds_the_best_of_all_thresholds_and_sides_for_missing(bool hasMissing, double lambdaL1)
    {
        var parameters = Free with { LambdaL1 = lambdaL1 };
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var bins = NumericalBinning.Find([1, 2, 3, 4, 5, 6, 7, .. hasMissing ? new[] { double.NaN } : []], parameters, 0)!;
            var histogram = Histogram(random, bins.BinCount);
            var leaf = Leaf(histogram);
            var best = NumericalScan.Best(new SplitRules(parameters), bins, 0, leaf, histogram);
            var expected = AllNumerical(bins.BinCount, hasMissing).Max(left => Gain(parameters, histogram, left));
            Assert.Equal(expected, best.Gain, 1e-9);
        }
    }

    [Fact]
    public void One_category_against_the_rest_finds_the_best_of_all()
    {
        var parameters = Free with { MaxCatToOnehot = 9 };
        for (var seed = 0; seed < 50; seed++)
        {
            var histogram = Histogram(new Random(seed), 7);
            var best = CategoricalScan.Best(new SplitRules(parameters), 7, Leaf(histogram), histogram);
            var expected = Enumerable.Range(1, 6).Max(bin => Gain(parameters, histogram, b => b == bin));
            Assert.Equal(expected, best.Gain, 1e-9);
            Assert.Single(best.LeftBins!);
        }
    }

    // Fisher 1958: without smoothing the best of all 2^k groupings is a prefix of the order by gradient over hessian.
    [Fact]
    public void Many_categories_against_many_finds_the_best_of_all_groupings()
    {
        var parameters = Free with { MaxCatToOnehot = 1, LambdaL2 = 0, MaxCatThreshold = 100 };
        for (var seed = 0; seed < 50; seed++)
        {
            var histogram = Histogram(new Random(seed), 7);
            histogram[0] = histogram[1] = 0;
            var best = CategoricalScan.Best(new SplitRules(parameters), 7, Leaf(histogram), histogram);
            var expected = Enumerable.Range(1, 62).Max(set => Gain(parameters, histogram, bin => bin > 0 && (set >> (bin - 1) & 1) == 1));
            Assert.Equal(expected, best.Gain, 1e-9);
        }
    }

    [Fact]
    public void The_category_limits_hold()
    {
        var histogram = Histogram(new Random(1), 20);
        var leaf = Leaf(histogram);
        Assert.InRange(CategoricalScan.Best(new SplitRules(Free with { MaxCatThreshold = 2 }), 20, leaf, histogram).LeftBins!.Length, 1, 2);
        Assert.Equal(-1, CategoricalScan.Best(new SplitRules(Free with { MinDataPerGroup = leaf.Rows }), 20, leaf, histogram).Feature);
        Assert.Equal(-1, CategoricalScan.Best(new SplitRules(Free with { CatSmooth = leaf.Rows + 1 }), 20, leaf, histogram).Feature);
    }

    private static double[] Histogram(Random random, int bins) =>
        [.. Enumerable.Range(0, bins).SelectMany(_ => new[] { (random.NextDouble() * 20) - 10, 1 + (random.NextDouble() * 4) })];

    private static LeafSums Leaf(double[] histogram)
    {
        var gradient = histogram.Where((_, i) => i % 2 == 0).Sum();
        var hessian = histogram.Where((_, i) => i % 2 == 1).Sum();
        return new LeafSums(gradient, hessian, 1000, 0, OutputBounds.None);
    }

    private static IEnumerable<Func<int, bool>> AllNumerical(int binCount, bool hasMissing)
    {
        var values = hasMissing ? binCount - 1 : binCount;
        for (var threshold = 0; threshold < values; threshold++)
        {
            var t = threshold;
            if (t < values - 1)
            {
                yield return bin => bin <= t || (hasMissing && bin == binCount - 1);
            }

            if (hasMissing)
            {
                yield return bin => bin <= t;
            }
        }
    }

    private static double Gain(TrainingParameters parameters, double[] histogram, Func<int, bool> left)
    {
        double Part(Func<int, bool> side)
        {
            var gradient = Enumerable.Range(0, histogram.Length / 2).Where(side).Sum(bin => histogram[2 * bin]);
            var hessian = Enumerable.Range(0, histogram.Length / 2).Where(side).Sum(bin => histogram[(2 * bin) + 1]);
            var thresholded = Math.Max(0, Math.Abs(gradient) - parameters.LambdaL1);
            return thresholded * thresholded / (hessian + parameters.LambdaL2);
        }

        return Part(left) + Part(bin => !left(bin)) - Part(_ => true);
    }
}
