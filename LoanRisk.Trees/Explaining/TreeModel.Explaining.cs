using LoanRisk.Trees.Explaining;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees;

public sealed partial class TreeModel
{
    private ITreeShap? _shap;

    // Two threads may both lay the trees out; they make the same ones.
    private ITreeShap Shap =>
        Volatile.Read(ref _shap)
            ?? Interlocked.CompareExchange(ref _shap, TreeShapKernels.Of(this, Forest, Kernels.Kernel), null) ?? _shap!;

    /// <summary>
    /// Exact SHAP contributions of one row on the raw scale: for each class, <see cref="FeatureCount"/> values and then the
    /// base value; together they add up to the raw score. <paramref name="output"/> has (FeatureCount + 1) * OutputCount places.
    /// A random forest's contributions add up to the sum of its trees, as its raw score does. Allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The row or the output has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">A tree has no <c>leaf_count</c>, by which branches are weighed.</exception>
    public void Contributions(ReadOnlySpan<double> row, Span<double> output, int firstIteration = 0, int iterations = -1)
    {
        CheckRow(row);
        CheckLength(output.Length, (FeatureCount + 1) * OutputCount, nameof(output));
        Shap.ExplainRow(row, output, TreeRange.Of(this, firstIteration, iterations));
    }

    /// <summary>
    /// Contributions of many rows as <see cref="Contributions"/> gives them, to the same bits, with (FeatureCount + 1) * OutputCount
    /// places a row in <paramref name="outputs"/>; otherwise as <see cref="PredictRawBatch"/>. Allocates nothing on one thread.
    /// </summary>
    /// <exception cref="ArgumentException">A span has the wrong length, or the range is not within the model.</exception>
    /// <exception cref="InvalidOperationException">A tree has no <c>leaf_count</c>, by which branches are weighed.</exception>
    public void ContributionsBatch(
        ReadOnlySpan<double> rows, Span<double> outputs, int threads = 1, int firstIteration = 0, int iterations = -1)
    {
        var range = TreeRange.Of(this, firstIteration, iterations);
        var explainer = Shap;
        Blocks((FeatureCount + 1) * OutputCount, explainer.BlockRows).Run(
            rows, outputs, threads, (explainer, range), static (needs, blockRows, blockOutputs) =>
                needs.explainer.ExplainBlock(blockRows, blockOutputs, needs.range));
    }
}
