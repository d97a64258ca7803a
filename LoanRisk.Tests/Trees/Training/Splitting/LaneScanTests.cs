using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Splitting;

namespace LoanRisk.Tests.Trees.Training.Splitting;

/// <summary>The scan of four features at once beside the scan of one.</summary>
public class LaneScanTests
{
    [Theory]
    [InlineData("")]
    [InlineData("zero_as_missing=true")]
    [InlineData("use_missing=false lambda_l2=3")]
    [InlineData("min_data_in_leaf=0 min_sum_hessian_in_leaf=0")]
    [InlineData("min_data_in_leaf=150 min_gain_to_split=2")]
    public void Four_lanes_find_what_one_scan_after_another_finds(string options)
    {
        var parameters = TrainingParameters.Parse(
            options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(o => o.Split('=')).Select(o => KeyValuePair.Create(o[0], o[1])));
        var rules = new SplitRules(parameters);
        Assert.SkipUnless(NumericalScanAvx2.CanScan(rules), "This machine has no AVX2.");
        var splits = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var half = random.Next(2);
            FeatureBins?[] bins =
                [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(6) == 0 ? null : Bins(random, parameters))];
            var stripe = Stripe(random, half, bins, out var leaf);
            var best = new SplitCandidate[4];
            new NumericalScanAvx2(rules, half, bins).Best(leaf, stripe, best);
            for (var lane = 0; lane < bins.Length; lane++)
            {
                var expected = bins[lane] is { } own
                    ? NumericalScan.Best(rules, own, 0, leaf, new BinSums(stripe, 2 * ((4 * half) + lane), HistogramLayout.Stride))
                    : SplitCandidate.None;
                Assert.True(expected == best[lane], $"seed {seed}, lane {lane}: {expected} and {best[lane]}");
                splits += expected.Feature >= 0 ? 1 : 0;
            }
        }

        Assert.True(splits > 100, $"only {splits} splits");
    }

    [Fact]
    public void Rules_and_leaves_that_need_more_are_left_to_the_scan_of_one()
    {
        Assert.False(NumericalScanAvx2.CanScan(new SplitRules(new TrainingParameters { LambdaL1 = 1 })));
        Assert.False(NumericalScanAvx2.CanScan(new SplitRules(new TrainingParameters { MonotoneConstraints = [1] })));
        Assert.False(NumericalScanAvx2.CanScan(new LeafSums(0, 1e-9, 10, 0, OutputBounds.None)));
        Assert.True(NumericalScanAvx2.CanScan(new LeafSums(0, 1, 10, 0, OutputBounds.None)));
    }

    private static FeatureBins Bins(Random random, TrainingParameters parameters)
    {
        var kind = random.Next(4);
        var distinct = random.Next(1, 300);
        double[] sample = [.. Enumerable.Range(0, 2000)
            .Select(_ => kind > 1 && random.Next(20) == 0 ? double.NaN : (double)random.Next(kind % 2 == 0 ? 0 : -distinct, distinct + 1))];
        return NumericalBinning.Find([.. sample, 1, 2], parameters, 0)!;
    }

    // Every feature's bins add up to the same leaf, up to rounding.
    private static double[] Stripe(Random random, int half, FeatureBins?[] bins, out LeafSums leaf)
    {
        var stripe = new double[256 * HistogramLayout.Stride];
        double gradients = 0;
        double hessians = 0;
        for (var row = 0; row < 400; row++)
        {
            var gradient = random.NextDouble() - 0.5;
            var hessian = random.Next(3) == 0 ? 0.01 : random.NextDouble() * 0.25;
            gradients += gradient;
            hessians += hessian;
            for (var lane = 0; lane < bins.Length; lane++)
            {
                var bin = (int)((bins[lane]?.BinCount ?? 1) * Math.Pow(random.NextDouble(), 1 + lane));
                var at = (bin * HistogramLayout.Stride) + (2 * ((4 * half) + lane));
                stripe[at] += gradient + (bin * 0.001);
                stripe[at + 1] += hessian;
            }
        }

        leaf = SplitSearch.WithEpsilons(new LeafSums(gradients, hessians, 400, 0, OutputBounds.None));
        return stripe;
    }
}
