namespace LoanRisk.Trees.Training.Histograms;

/// <summary>The gradient and hessian sums of one feature's bins in one leaf.</summary>
/// <param name="sums">Gradients and hessians in turn.</param>
/// <param name="first">Where bin 0's gradient is.</param>
/// <param name="stride">Doubles from one bin to the next.</param>
internal readonly ref struct BinSums(Span<double> sums, int first, int stride)
{
    private readonly Span<double> sums = sums;
    private readonly int first = first;
    private readonly int stride = stride;

    public double Gradient(int bin) => sums[first + (bin * stride)];

    public double Hessian(int bin) => sums[first + (bin * stride) + 1];

    /// <summary>Sets one bin to what the others, taken away from <paramref name="firstBin"/> up, leave of the leaf's sums.</summary>
    public void Derive(int derived, int firstBin, int binCount, double gradient, double hessian)
    {
        for (int bin = firstBin; bin < binCount; bin++)
        {
            if (bin != derived)
            {
                gradient -= Gradient(bin);
                hessian -= Hessian(bin);
            }
        }

        sums[first + (derived * stride)] = gradient;
        sums[first + (derived * stride) + 1] = hessian;
    }

    /// <summary>Sums that lie bin by bin without a gap.</summary>
    public static implicit operator BinSums(double[] sums) => new(sums, 0, 2);
}
