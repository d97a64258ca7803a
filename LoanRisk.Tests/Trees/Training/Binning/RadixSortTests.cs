using LoanRisk.Trees.Training.Binning;

namespace LoanRisk.Tests.Trees.Training.Binning;

public class RadixSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(30_000)]
    public void Numbers_end_up_as_comparing_sorts_them(int count)
    {
        var random = new Random(count);
        Func<double>[] kinds =
        [
            () => random.NextDouble() - 0.5,
            () => (float)(random.NextDouble() - 0.5) * 1e20f,
            () => random.Next(-3, 4) * 1e-300,
            () => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsNaN(any) ? double.NegativeInfinity : any,
            () => random.Next(2) == 0 ? double.PositiveInfinity : double.Epsilon,
            () => 5,
        ];
        foreach (var kind in kinds)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => kind())];
            double[] expected = [.. values.Order()];
            RadixSort.Sort(values, new double[count + 1]);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), values.Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
