namespace LoanRisk.Trees.Training.Histograms;

/// <summary>The gradient and hessian sums of one feature's bins in one leaf.</summary>
/// <param name="sums">From bin 0's gradient on; the hessian follows its gradient.</param>
/// <param name="stride">Doubles from one bin to the next.</param>
internal readonly ref struct BinSums(ReadOnlySpan<double> sums, int stride)
{
    private readonly ReadOnlySpan<double> sums = sums;
    private readonly int stride = stride;

    public double Gradient(int bin) => sums[bin * stride];

    public double Hessian(int bin) => sums[(bin * stride) + 1];

    /// <summary>Sums that lie bin by bin without a gap.</summary>
    public static implicit operator BinSums(double[] sums) => new(sums, 2);
}
