using LoanRisk.Trees.Training;
using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

public class BinSearchTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 17)]
    [InlineData(4, 64)]
    [InlineData(5, 65)]
    [InlineData(6, 255)]
    public void Many_values_get_the_bins_they_get_one_by_one(int seed, int maxBin)
    {
        var random = new Random(seed);
        double[] sample = [.. Enumerable.Range(0, 5000)
            .Select(i => i % 50 == 7 && seed % 2 == 0 ? double.NaN : Math.Round((random.NextDouble() - 0.5) * 1000))];
        var bins = NumericalBinning.Find(sample, new TrainingParameters { MaxBin = maxBin }, 0)!;
        double[] odd = [double.NaN, double.NegativeInfinity, double.PositiveInfinity,
            0, -0.0, double.Epsilon, -1e-35f, 1e-35f, double.MaxValue, double.MinValue];
        Check(bins, [.. odd, .. sample, .. bins.UpperBounds,
            .. bins.UpperBounds.Select(Math.BitIncrement), .. bins.UpperBounds.Select(Math.BitDecrement)]);
        Check(bins, odd[..3]);
        Check(bins, []);
    }

    [Fact]
    public void Categories_get_the_bins_they_get_one_by_one()
    {
        var bins = FeatureBins.Categorical([-1, 7, 3, 100], LoanRisk.Trees.MissingType.NaN);
        Check(bins, [3, 7, 7.9, 100, -1, -0.5, double.NaN, double.PositiveInfinity, 4]);
    }

    private static void Check(FeatureBins bins, double[] values)
    {
        var into = new byte[(values.Length * 3) + 1];
        bins.Bin(values, into, 3);
        Assert.Equal(values.Select(bins.BinOf), values.Select((_, i) => into[3 * i]));
        Assert.All(into.Where((_, i) => i % 3 != 0), between => Assert.Equal(0, between));
    }
}
