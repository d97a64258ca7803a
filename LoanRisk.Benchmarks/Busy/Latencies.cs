namespace LoanRisk.Benchmarks.Busy;

/// <summary>How long answers took, in milliseconds.</summary>
internal sealed record Latencies(double P50, double P99, double Longest)
{
    public static Latencies Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new Latencies(sorted[sorted.Length / 2], sorted[(int)(0.99 * sorted.Length)], sorted[^1]);
    }
}
