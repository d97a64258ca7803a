namespace LoanRisk.Trees.Scoring.Batch;

/// <summary>A block scored one row after the other: for models no block kernel can lay out.</summary>
internal sealed class RowByRow(IRowKernel kernel, int features, int outputsPerRow) : IBlockKernel
{
    public int BlockRows => 64;

    public void AddTo(Span<double> outputs, ReadOnlySpan<double> rows, TreeRange range)
    {
        for (; !outputs.IsEmpty; outputs = outputs[outputsPerRow..], rows = rows[features..])
        {
            kernel.AddTo(outputs[..outputsPerRow], rows[..features], range);
        }
    }
}
