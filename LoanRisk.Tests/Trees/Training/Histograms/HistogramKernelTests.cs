using LoanRisk.Tests.Trees.Training.Binning;
using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Tests.Trees.Training.Histograms;

/// <summary>The fast code beside <see cref="HistogramReference"/>, bit for bit.</summary>
public class HistogramKernelTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(1000, 8, 255)]
    [InlineData(4097, 11, 17)]
    [InlineData(300, 28, 100)]
    public void Filling_a_stripe_or_its_halves_is_filling_column_by_column(int tableRows, int columnCount, int binCount)
    {
        var random = new Random(tableRows);
        var columns = RandomColumns.Of(random, columnCount, tableRows, binCount);
        int[] rows = [.. Enumerable.Range(0, tableRows).Where(row => row == 0 || random.Next(3) > 0)];
        GradientPair[] gradients = [.. rows.Select(_ => new GradientPair(random.NextSingle() - 0.5f, random.NextSingle()))];
        for (var column = 0; column < columnCount; column++)
        {
            var place = columns.Place(column);
            var expected = new double[2 * binCount];
            HistogramReference.Fill(columns, column, rows, gradients, expected);
            var whole = new double[HistogramLayout.Stride * binCount];
            StripeKernel.Fill(columns.Stripe(place.Stripe), rows, gradients, whole);
            var halves = new double[whole.Length];
            StripeKernel.FillHalf(columns.Stripe(place.Stripe), place.Lane / 4, rows, gradients, halves);
            Same(expected, Lane(whole, place.Lane));
            Same(expected, Lane(halves, place.Lane));
            Assert.Equal(rows.Length > 10, expected.Count(sum => sum != 0) > 2);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_derived_bins_of_a_half_are_what_the_others_leave(int half)
    {
        var random = new Random(1);
        double[] stripe = [.. Enumerable.Range(0, HistogramLayout.Stride * 40).Select(_ => random.NextDouble() - 0.3)];
        double[] before = [.. stripe];
        int[] derived = [3, -1, 39];
        StripeSums.Derive(stripe, half, derived, 10, 20);
        for (var lane = 0; lane < BinColumns.Lanes; lane++)
        {
            var expected = Lane(before, lane);
            var own = lane - (4 * half);
            if (own is >= 0 and < 3 && derived[own] >= 0)
            {
                HistogramReference.Derive(expected, derived[own], 10, 20);
            }

            Same(expected, Lane(stripe, lane));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Clearing_and_subtracting_a_half_leave_the_other_alone(int half)
    {
        double[] parent = [.. Enumerable.Range(0, HistogramLayout.Stride * 5).Select(i => i * 0.7)];
        double[] smaller = [.. parent.Select(sum => sum / 3)];
        double[] larger = [.. parent];
        StripeSums.Subtract(larger, smaller, half);
        Same(parent.Select((sum, i) => IsIn(i) ? sum - smaller[i] : sum), larger);
        StripeSums.Clear(larger, half);
        Same(parent.Select((sum, i) => IsIn(i) ? 0 : sum), larger);

        bool IsIn(int i) => i % HistogramLayout.Stride / 8 == half;
    }

    [Fact]
    public void A_leafs_histogram_starts_on_a_cache_line_and_keeps_columns_apart()
    {
        FeatureBins[] bins = [.. Enumerable.Range(2, 9)
            .Select(count => FeatureBins.Categorical([.. Enumerable.Range(-1, count)], LoanRisk.Trees.MissingType.None))];
        var columns = new BinColumns(ColumnPlan.Apart(bins), 10);
        var histogram = new LeafHistogram(new HistogramLayout(columns));
        Assert.Equal(HistogramLayout.Stride * 10, histogram.Stripe(0).Length);
        Assert.Equal(HistogramLayout.Stride * 5, histogram.Stripe(1).Length);
        for (var column = 0; column < 9; column++)
        {
            var place = columns.Place(column);
            histogram.Stripe(place.Stripe)[(HistogramLayout.Stride * 1) + (2 * place.Lane)] = column;
            histogram.Stripe(place.Stripe)[(HistogramLayout.Stride * 1) + (2 * place.Lane) + 1] = -column;
        }

        for (var column = 0; column < 9; column++)
        {
            Assert.Equal((column, -column), (histogram.Of(column).Gradient(1), histogram.Of(column).Hessian(1)));
        }
    }

    private static double[] Lane(double[] stripe, int lane) =>
        [.. stripe.Chunk(HistogramLayout.Stride).SelectMany(bin => new[] { bin[2 * lane], bin[(2 * lane) + 1] })];

    private static void Same(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));
}
