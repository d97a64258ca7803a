using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Tests.Trees.Training.Histograms;

public class HistogramKernelTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1000, 255)]
    [InlineData(4097, 17)]
    public void The_kernel_equals_the_plain_code_bit_for_bit(int tableRows, int binCount)
    {
        var random = new Random(tableRows);
        byte[] column = [.. Enumerable.Range(0, tableRows).Select(_ => (byte)random.Next(binCount))];
        int[] rows = [.. Enumerable.Range(0, tableRows).Where(row => row == 0 || random.Next(3) > 0)];
        GradientPair[] gradients = [.. rows.Select(_ => new GradientPair(random.NextSingle() - 0.5f, random.NextSingle()))];
        double[] expected = [.. Enumerable.Repeat(double.NaN, 2 * binCount)];
        double[] actual = [.. expected];
        HistogramReference.Fill(column, rows, gradients, expected);
        HistogramKernel.Fill(column, rows, gradients, actual);
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(rows.Length, rows.GroupBy(row => column[row]).Sum(g => g.Count()));
    }

    [Fact]
    public void Subtracting_the_smaller_child_leaves_the_larger_one()
    {
        double[] parent = [5, 6, 7, 8];
        HistogramKernel.Subtract(parent, [1, 2, 3, 8]);
        Assert.Equal([4, 4, 4, 0], parent);
    }

    [Fact]
    public void The_derived_bin_is_what_the_others_leave()
    {
        double[] bins = [1, 2, 99, 99, 4, 8];
        HistogramKernel.Derive(bins, 1, 10, 20);
        Assert.Equal([1, 2, 5, 10, 4, 8], bins);
    }
}
