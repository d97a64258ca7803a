using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>The rows of the leaf whose histogram is filled next, with what is added up of them.</summary>
internal interface ILeafRows
{
    /// <summary>Rows in the leaf.</summary>
    public int Count { get; }

    /// <summary>Starts a tree on these gradients.</summary>
    public void Start(GradientPair[] gradients);

    /// <summary>Takes a leaf's rows.</summary>
    public void Take(RowRun taken);

    /// <summary>The gradients and hessians of the leaf's rows added up.</summary>
    public (double Gradient, double Hessian) Sums();

    /// <summary>Fills a stripe's bins, or with half 0 or 1 the bins of half its lanes; they are overwritten.</summary>
    public void Fill(byte[] stripe, int? half, Span<double> bins);
}
