using System.Globalization;
using LoanRisk.Benchmarks.Engine;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Products;

namespace LoanRisk.Benchmarks.Drift;

/// <summary>
/// What a million rows of 30 numeric columns cost on one core: to be summed up, and to be compared with as many. Beside it the least that
/// anybody must do: the mean and variance of each column.
/// </summary>
internal static class DriftTimes
{
    private const int Rows = 1_000_000;
    private const int Columns = 30;
    private const int BlockRows = 4_000;
    private const int Runs = 5;

    public static int Run(TextWriter output)
    {
        foreach (var line in Machine.Lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{Rows:N0} rows of {Columns} numeric columns, one thread, medians of {Runs} runs after one that warms up.");
        output.WriteLine();
        var columns = Enumerable.Range(0, Columns).Select(c => DriftColumn.Number($"c{c}", $"Column {c}")).ToArray();
        var blocks = Blocks();
        var reference = Summed(columns, blocks, null);
        Tell(output, "mean and variance alone", () => Moments(blocks));
        Tell(output, "a reference: points of its own first 100,000 numbers", () => Summed(columns, blocks, null).Count);
        Tell(output, "a current sample: points of the reference", () => Summed(columns, blocks, reference).Count);
        var current = Summed(columns, blocks, reference);
        Tell(output, "the comparison of both", () => Compared(columns, reference, current).Tests);
        Allocated(output, columns, blocks, reference);
        return 0;
    }

    private static void Tell(TextWriter output, string work, Func<double> run)
    {
        run();
        var seconds = Enumerable.Range(0, Runs).Select(_ => Stopwatches.Seconds(run)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work,-56}{Stopwatches.Median(seconds),8:F3} s"));
    }

    private static void Allocated(
        TextWriter output, DriftColumn[] columns, List<double[][]> blocks, IReadOnlyList<FeatureSample> reference)
    {
        var summary = new SampleSummary(columns, reference);
        blocks.ForEach(block => summary.Add(block, block[0].Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        blocks.ForEach(block => summary.Add(block, block[0].Length));
        output.WriteLine($"{"bytes allocated by a second million rows",-56}{GC.GetAllocatedBytesForCurrentThread() - before,8:N0}");
    }

    private static IReadOnlyList<FeatureSample> Summed(
        DriftColumn[] columns, List<double[][]> blocks, IReadOnlyList<FeatureSample>? reference)
    {
        var summary = new SampleSummary(columns, reference);
        blocks.ForEach(block => summary.Add(block, block[0].Length));
        return summary.ToSamples();
    }

    private static DriftReport Compared(
        DriftColumn[] columns, IReadOnlyList<FeatureSample> reference, IReadOnlyList<FeatureSample> current) =>
        DriftComparison.Of(
            "p", DriftRule.Default, 0.01, [.. columns.Select((c, i) => new ComparedColumn(c, reference[i], current[i]))], []);

    private static double Moments(List<double[][]> blocks)
    {
        var sum = 0.0;
        for (var column = 0; column < Columns; column++)
        {
            var moments = default(NumberMoments);
            foreach (var block in blocks)
            {
                moments = moments.Plus(NumberMoments.Of(block[column]));
            }

            sum += moments.Variance;
        }

        return sum;
    }

    private static List<double[][]> Blocks()
    {
        var draws = new Draws(13);
        return
        [
            .. Enumerable.Range(0, Rows / BlockRows).Select(
                _ => Enumerable.Range(0, Columns)
                    .Select(column => Enumerable.Range(0, BlockRows).Select(_ => Number(draws, column)).ToArray())
                    .ToArray()),
        ];
    }

    // Normal, of large range, counts, and with gaps.
    private static double Number(Draws draws, int column) => (column % 4) switch
    {
        0 => draws.Normal(),
        1 => Math.Exp(10 + draws.Normal()),
        2 => Math.Floor(Math.Abs(3 * draws.Normal())),
        _ => draws.Normal() is var number && number > 1.5 ? double.NaN : number,
    };
}
