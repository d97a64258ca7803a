namespace LoanRisk.Trees.Training.Histograms;

/// <summary>Histograms that are handed back and used again; at most one a leaf is ever alive.</summary>
internal sealed class HistogramPool(HistogramLayout layout)
{
    private readonly Stack<double[]> free = new();

    public double[] Rent() => free.TryPop(out double[]? histogram) ? histogram : new double[layout.Length];

    public void Return(double[] histogram) => free.Push(histogram);
}
