namespace LoanRisk.Trees.Training.Histograms;

/// <summary>Histograms that are handed back and used again; at most one a leaf is ever alive. They come with what they held before.</summary>
internal sealed class HistogramPool(HistogramLayout layout)
{
    private readonly Stack<LeafHistogram> free = new();

    public LeafHistogram Rent() => free.TryPop(out LeafHistogram? histogram) ? histogram : new LeafHistogram(layout);

    public void Return(LeafHistogram histogram) => free.Push(histogram);
}
